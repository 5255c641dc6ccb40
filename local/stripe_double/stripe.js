// The double's replacement of Stripe's script: Payment Element, confirmation and 3-D Secure.
//
// It has the functions that `@stripe/stripe-js` and `@stripe/react-stripe-js` call, resolves and
// rejects as Stripe's does, and runs under a Content-Security-Policy without inline code: its styles
// are constructed sheets in shadow roots. It renders in place what Stripe renders in frames.
(() => {
  "use strict";

  const API = "the double's address";

  // ---------------------------------------------------------------- messages

  const WORDS = {
    en: {
      card: "Card",
      sepa_debit: "SEPA Direct Debit",
      method: "Payment method",
      number: "Card number",
      expiry: "Expiration date",
      expiryHint: "MM / YY",
      cvc: "Security code",
      cvcHint: "CVC",
      iban: "IBAN",
      name: "Full name",
      email: "Email",
      mandate: "By paying you allow this amount to be debited from your account.",
      loading: "Loading the payment form",
      incomplete_number: "Your card number is incomplete.",
      invalid_number: "Your card number is invalid.",
      incomplete_expiry: "Your card's expiration date is incomplete.",
      invalid_expiry_month_past: "Your card's expiration date is in the past.",
      invalid_expiry_month: "Your card's expiration date is invalid.",
      incomplete_cvc: "Your card's security code is incomplete.",
      incomplete_iban: "Your IBAN is incomplete.",
      invalid_iban: "Your IBAN is invalid.",
      incomplete_name: "Please provide your full name.",
      incomplete_email: "Please provide your email address.",
      challengeTitle: "3-D Secure test page",
      challengeText: "The bank of this test card asks whether it is you who pays.",
      complete: "Complete",
      fail: "Fail",
      unreachable: "An error occurred. Please check your internet connection and try again.",
    },
    de: {
      card: "Karte",
      sepa_debit: "SEPA-Lastschrift",
      method: "Zahlungsart",
      number: "Kartennummer",
      expiry: "Ablaufdatum",
      expiryHint: "MM / JJ",
      cvc: "Sicherheitscode",
      cvcHint: "CVC",
      iban: "IBAN",
      name: "Vollständiger Name",
      email: "E-Mail",
      mandate: "Mit der Zahlung erlauben Sie, dass dieser Betrag von Ihrem Konto abgebucht wird.",
      loading: "Das Zahlungsformular wird geladen",
      incomplete_number: "Die Kartennummer ist unvollständig.",
      invalid_number: "Die Kartennummer ist ungültig.",
      incomplete_expiry: "Das Ablaufdatum ist unvollständig.",
      invalid_expiry_month_past: "Das Ablaufdatum liegt in der Vergangenheit.",
      invalid_expiry_month: "Das Ablaufdatum ist ungültig.",
      incomplete_cvc: "Der Sicherheitscode ist unvollständig.",
      incomplete_iban: "Die IBAN ist unvollständig.",
      invalid_iban: "Die IBAN ist ungültig.",
      incomplete_name: "Bitte geben Sie Ihren vollständigen Namen an.",
      incomplete_email: "Bitte geben Sie Ihre E-Mail-Adresse an.",
      challengeTitle: "3-D-Secure-Testseite",
      challengeText: "Die Bank dieser Testkarte fragt, ob Sie es sind, der zahlt.",
      complete: "Abschließen",
      fail: "Ablehnen",
      unreachable: "Es ist ein Fehler aufgetreten. Bitte prüfen Sie Ihre Internetverbindung.",
    },
  };

  function messagesFor(locale) {
    const wanted = !locale || locale === "auto" ? navigator.language : locale;
    return WORDS[String(wanted).slice(0, 2)] ?? WORDS.en;
  }

  class IntegrationError extends Error {
    name = "IntegrationError";
  }

  // ---------------------------------------------------------------- input

  function passesLuhn(digits) {
    let sum = 0;
    [...digits].reverse().forEach((digit, place) => {
      const value = Number(digit) * (place % 2 ? 2 : 1);
      sum += value > 9 ? value - 9 : value;
    });
    return sum % 10 === 0;
  }

  function passesMod97(iban) {
    const turned = iban.slice(4) + iban.slice(0, 4);
    let rest = 0;
    for (const digit of turned.replace(/[A-Z]/g, (letter) => String(Number.parseInt(letter, 36)))) {
      rest = (rest * 10 + Number(digit)) % 97;
    }
    return rest === 1;
  }

  const isAmex = (digits) => /^3[47]/.test(digits);

  /**
   * Each field: the format of its text while the user types, and its error as a code of Stripe
   * (null: none). `all` are the raw values of the form.
   */
  const FIELDS = {
    number: {
      autocomplete: "cc-number",
      inputmode: "numeric",
      placeholder: () => "1234 1234 1234 1234",
      raw: (text) => {
        const digits = text.replace(/\D/g, "");
        return digits.slice(0, isAmex(digits) ? 15 : 16);
      },
      shown: (digits) =>
        isAmex(digits)
          ? [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)].filter(Boolean).join(" ")
          : (digits.match(/.{1,4}/g) ?? []).join(" "),
      wrong: (digits) => {
        if (digits.length < (isAmex(digits) ? 15 : 16)) return "incomplete_number";
        return passesLuhn(digits) ? null : "invalid_number";
      },
    },
    expiry: {
      autocomplete: "cc-exp",
      inputmode: "numeric",
      placeholder: (messages) => messages.expiryHint,
      raw: (text) => {
        // 4 can only be April: 04. A four-digit year, as browsers fill in, is cut to two.
        const [, month, year] = /^\s*(\d{1,2})\s*\/\s*(\d{0,4})\s*$/.exec(text) ?? [];
        if (month && year !== undefined) return (month.padStart(2, "0") + year.slice(-2)).slice(0, 4);
        const digits = text.replace(/\D/g, "");
        return (/^[2-9]/.test(digits) ? `0${digits}` : digits).slice(0, 4);
      },
      shown: (digits) =>
        digits.length > 2 ? `${digits.slice(0, 2)} / ${digits.slice(2)}` : digits,
      wrong: (digits) => {
        if (digits.length < 4) return "incomplete_expiry";
        const month = Number(digits.slice(0, 2));
        const year = 2000 + Number(digits.slice(2));
        const now = new Date();
        if (month < 1 || month > 12 || year > now.getFullYear() + 50) return "invalid_expiry_month";
        const over = year * 12 + month < now.getFullYear() * 12 + now.getMonth() + 1;
        return over ? "invalid_expiry_month_past" : null;
      },
    },
    cvc: {
      autocomplete: "cc-csc",
      inputmode: "numeric",
      placeholder: (messages) => messages.cvcHint,
      raw: (text, all) => text.replace(/\D/g, "").slice(0, isAmex(all.number ?? "") ? 4 : 3),
      shown: (digits) => digits,
      wrong: (digits, all) =>
        digits.length < (isAmex(all.number ?? "") ? 4 : 3) ? "incomplete_cvc" : null,
    },
    iban: {
      autocomplete: "off",
      inputmode: "text",
      placeholder: () => "DE00 0000 0000 0000 0000 00",
      raw: (text) => text.toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, 34),
      shown: (iban) => (iban.match(/.{1,4}/g) ?? []).join(" "),
      wrong: (iban) => {
        if (iban.length < 15) return "incomplete_iban";
        return passesMod97(iban) ? null : "invalid_iban";
      },
    },
    name: {
      autocomplete: "name",
      inputmode: "text",
      placeholder: () => "",
      raw: (text) => text,
      shown: (text) => text,
      wrong: (text) => (text.trim() ? null : "incomplete_name"),
    },
    email: {
      autocomplete: "email",
      inputmode: "email",
      placeholder: () => "",
      raw: (text) => text,
      shown: (text) => text,
      wrong: (text) => (/^\S+@\S+$/.test(text.trim()) ? null : "incomplete_email"),
    },
  };

  const FORMS = { card: ["number", "expiry", "cvc"], sepa_debit: ["iban", "name", "email"] };

  // ---------------------------------------------------------------- appearance

  const THEMES = {
    stripe: {
      colorPrimary: "#0570de",
      colorBackground: "#ffffff",
      colorText: "#30313d",
      colorTextSecondary: "#5b5e6b",
      colorDanger: "#c4162a",
      border: "#d3d5dc",
    },
    night: {
      colorPrimary: "#8ab8ff",
      colorBackground: "#2b2d37",
      colorText: "#f1f1f4",
      colorTextSecondary: "#b9bbc6",
      colorDanger: "#ff9aa5",
      border: "#565968",
    },
  };
  THEMES.flat = THEMES.minimal = THEMES.stripe;

  const SHEET = `
    :host { display: block; }
    * { box-sizing: border-box; }
    fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
    .form { display: grid; grid-template-columns: 1fr 1fr; gap: calc(var(--spacingUnit) * 3);
      font: var(--fontSizeBase)/1.4 var(--fontFamily); color: var(--colorText); }
    .wide { grid-column: 1 / -1; }
    label, legend { display: block; font-size: .93em; margin: 0 0 var(--spacingUnit); padding: 0;
      color: var(--colorText); }
    input[type="text"] { width: 100%; font: inherit; color: var(--colorText);
      background: var(--colorBackground); border: 1px solid var(--border);
      border-radius: var(--borderRadius); padding: calc(var(--spacingUnit) * 3); outline: none; }
    input[type="text"]::placeholder { color: var(--colorTextSecondary); opacity: 1; }
    input[type="text"]:focus { border-color: var(--colorPrimary);
      box-shadow: 0 0 0 3px color-mix(in srgb, var(--colorPrimary) 30%, transparent); }
    input[aria-invalid="true"] { border-color: var(--colorDanger); color: var(--colorDanger); }
    .error { color: var(--colorDanger); font-size: .93em; margin: var(--spacingUnit) 0 0; }
    .error:empty { display: none; }
    .note { color: var(--colorTextSecondary); font-size: .93em; margin: 0; }
    .methods { display: flex; gap: calc(var(--spacingUnit) * 2); flex-wrap: wrap; }
    .methods label { display: flex; gap: calc(var(--spacingUnit) * 2); align-items: center;
      flex: 1; margin: 0; padding: calc(var(--spacingUnit) * 3); cursor: pointer;
      background: var(--colorBackground); border: 1px solid var(--border);
      border-radius: var(--borderRadius); white-space: nowrap; }
    .methods label:has(:checked) { border-color: var(--colorPrimary); }
    .methods label:has(:focus-visible) {
      box-shadow: 0 0 0 3px color-mix(in srgb, var(--colorPrimary) 30%, transparent); }
    input[type="radio"] { accent-color: var(--colorPrimary); margin: 0; }
    .loading { height: 13em; border-radius: var(--borderRadius); background: var(--border);
      opacity: .35; }
    dialog { border: 0; border-radius: 8px; padding: 24px; max-width: 26rem; color: #30313d;
      background: #fff; font: 16px/1.5 system-ui, sans-serif; box-shadow: 0 12px 48px #0006; }
    dialog::backdrop { background: #000a; }
    dialog h2 { font-size: 1.25em; margin: 0 0 8px; }
    dialog p { margin: 0 0 20px; }
    dialog div { display: flex; gap: 12px; justify-content: flex-end; }
    dialog button { font: inherit; padding: 8px 16px; border-radius: 6px; cursor: pointer;
      border: 1px solid #5b5e6b; background: #fff; color: #30313d; }
    dialog button.main { background: #0560c4; border-color: #0560c4; color: #fff; }
    dialog button:focus-visible { outline: 3px solid #8ab8ff; outline-offset: 2px; }
  `;

  function shadow(host) {
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    root.adoptedStyleSheets = [sheet];
    return root;
  }

  function dress(host, appearance) {
    const style = {
      fontFamily: "system-ui, sans-serif",
      fontSizeBase: "16px",
      borderRadius: "5px",
      spacingUnit: "4px",
      ...(THEMES[appearance?.theme] ?? THEMES.stripe),
      ...appearance?.variables,
    };
    for (const [name, value] of Object.entries(style)) host.style.setProperty(`--${name}`, value);
  }

  function made(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  // ---------------------------------------------------------------- requests

  /** Resolves to `{intent}` or `{error}` in Stripe's format; never rejects. */
  async function call(key, messages, method, path, fields = {}) {
    const form = new URLSearchParams({ ...flat(fields), key });
    const url = `${API}/v1/${path}${method === "GET" ? `?${form}` : ""}`;
    try {
      const response = await fetch(url, { method, body: method === "GET" ? undefined : form });
      const body = await response.json();
      return body.error ? { error: body.error } : { body };
    } catch {
      return { error: { type: "api_connection_error", message: messages.unreachable } };
    }
  }

  /** `{a: {b: 1}}` as `a[b]=1`, without null and undefined values. */
  function flat(fields, inside = "") {
    const all = {};
    for (const [name, value] of Object.entries(fields)) {
      const path = inside ? `${inside}[${name}]` : name;
      if (value === null || value === undefined) continue;
      if (typeof value === "object") Object.assign(all, flat(value, path));
      else all[path] = String(value);
    }
    return all;
  }

  function intentOf(clientSecret) {
    const id = /^(pi_\w+?)_secret_\w+$/.exec(clientSecret ?? "")?.[1];
    if (!id) throw new IntegrationError(`Invalid value for clientSecret: ${clientSecret}`);
    return id;
  }

  // ---------------------------------------------------------------- elements

  class Emitter {
    #listeners = new Map();

    on(event, handler) {
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), handler]);
      return this;
    }

    once(event, handler) {
      const first = (detail) => {
        this.off(event, first);
        handler(detail);
      };
      return this.on(event, first);
    }

    off(event, handler) {
      const left = (this.#listeners.get(event) ?? []).filter((listener) => handler && listener !== handler);
      this.#listeners.set(event, left);
      return this;
    }

    emit(event, detail) {
      for (const handler of this.#listeners.get(event) ?? []) handler(detail);
    }
  }

  /** The Payment Element, and the Card Element, which is the same with one method. */
  class Element extends Emitter {
    #group;
    #type;
    #options;
    #host = null;
    #root = null;
    #methods = ["card"];
    #method = "card";
    #values = {};
    #inputs = {};
    #touched = new Set();
    #last = null;

    constructor(group, type, options) {
      super();
      this.#group = group;
      this.#type = type;
      this.#options = options ?? {};
    }

    get #messages() {
      return messagesFor(this.#group.options.locale);
    }

    mount(where) {
      const parent = typeof where === "string" ? document.querySelector(where) : where;
      if (!parent) throw new IntegrationError(`Missing argument: no DOM node at ${where}`);
      this.#host = made("div", { class: "StripeElement" });
      this.#root = shadow(this.#host);
      parent.replaceChildren(this.#host);
      this.dress();
      const wait = made("div", { class: "loading", role: "status", "aria-label": this.#messages.loading });
      this.#root.replaceChildren(wait);
      // Listeners are attached after mounting; no event is emitted before that.
      const host = this.#host;
      setTimeout(() => void this.#load(host));
    }

    async #load(host) {
      if (host !== this.#host) return;
      this.emit("loaderstart", { elementType: this.#type });
      const { methods, error } = await this.#group.load();
      if (host !== this.#host) return;
      if (error) {
        this.#root.replaceChildren();
        this.emit("loaderror", { elementType: this.#type, error });
        return;
      }
      this.#methods = this.#type === "payment" ? methods.filter((name) => name in FORMS) : ["card"];
      this.#method = this.#methods[0];
      this.#draw();
      this.emit("ready", { elementType: this.#type });
      this.#tell();
    }

    unmount() {
      this.#host?.remove();
      this.#host = this.#root = null;
    }

    destroy() {
      this.unmount();
      this.#group.forget(this.#type);
    }

    update(options) {
      this.#options = { ...this.#options, ...options };
    }

    collapse() {
      return this;
    }

    focus() {
      this.#inputs[FORMS[this.#method][0]]?.focus();
    }

    blur() {
      this.#root?.activeElement?.blur();
    }

    clear() {
      this.#values = {};
      this.#touched.clear();
      this.#draw();
      this.#tell();
    }

    dress() {
      if (this.#host) dress(this.#host, this.#group.options.appearance);
    }

    redraw() {
      if (Object.keys(this.#inputs).length) this.#draw();
    }

    #draw() {
      if (!this.#root) return;
      this.#inputs = {};
      const form = made("div", { class: "form" });
      if (this.#methods.length > 1) form.append(this.#chooser());
      for (const name of FORMS[this.#method]) form.append(this.#field(name));
      if (this.#method === "sepa_debit") {
        form.append(made("p", { class: "note wide" }, this.#messages.mandate));
      }
      this.#root.replaceChildren(form);
      for (const name of FORMS[this.#method]) this.#show(name);
    }

    #chooser() {
      const choices = made("div", { class: "methods" });
      for (const method of this.#methods) {
        const radio = made("input", { type: "radio", name: "method", value: method });
        radio.checked = method === this.#method;
        radio.addEventListener("change", () => {
          this.#method = method;
          this.#touched.clear();
          this.#draw();
          this.#root.querySelector(":checked")?.focus();
          this.#tell();
        });
        choices.append(made("label", {}, radio, this.#messages[method]));
      }
      return made("fieldset", { class: "wide" }, made("legend", {}, this.#messages.method), choices);
    }

    #field(name) {
      const field = FIELDS[name];
      const input = made("input", {
        type: "text",
        id: name,
        name,
        autocomplete: field.autocomplete,
        inputmode: field.inputmode,
        placeholder: field.placeholder(this.#messages),
        "aria-describedby": `${name}-error`,
        "aria-required": "true",
      });
      input.value = field.shown(this.#values[name] ?? "");
      input.addEventListener("input", (event) => this.#typed(name, input, event));
      input.addEventListener("focus", () => this.emit("focus", { elementType: this.#type }));
      input.addEventListener("blur", () => {
        if (this.#values[name]) this.#touched.add(name);
        this.#show(name);
        this.emit("blur", { elementType: this.#type });
      });
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter") this.#host.closest("form")?.requestSubmit();
        if (event.key === "Escape") this.emit("escape", { elementType: this.#type });
      });
      this.#inputs[name] = input;
      const half = name === "expiry" || name === "cvc";
      const box = made(
        "div",
        { class: half ? "half" : "wide" },
        made("label", { for: name }, this.#messages[name]),
        input,
        made("p", { class: "error", id: `${name}-error`, role: "alert" }),
      );
      return box;
    }

    #typed(name, input, event) {
      const field = FIELDS[name];
      const deleting = event.inputType?.startsWith("delete");
      const raw = field.raw(input.value, this.#values);
      this.#values[name] = raw;
      // Formatting moves the caret to the end, so text edited in the middle is left as typed.
      const atEnd = input.selectionEnd === input.value.length;
      const text = field.shown(raw);
      if (atEnd && !deleting && text !== input.value) input.value = text;
      const wrong = field.wrong(raw, this.#values);
      if (!wrong || !wrong.startsWith("incomplete")) this.#touched.add(name);
      this.#show(name);
      if (!wrong && !deleting && atEnd && (name === "number" || name === "expiry")) this.#next(name);
      this.#tell();
    }

    #next(name) {
      const order = FORMS[this.#method];
      this.#inputs[order[order.indexOf(name) + 1]]?.focus();
    }

    #wrong(name) {
      return FIELDS[name].wrong(this.#values[name] ?? "", this.#values);
    }

    #show(name) {
      const input = this.#inputs[name];
      if (!input) return;
      const wrong = this.#touched.has(name) ? this.#wrong(name) : null;
      input.setAttribute("aria-invalid", String(Boolean(wrong)));
      const place = this.#root.getElementById(`${name}-error`);
      const text = wrong ? this.#messages[wrong] : "";
      if (place.textContent !== text) place.textContent = text;
    }

    #tell() {
      const names = FORMS[this.#method];
      const change = {
        elementType: this.#type,
        collapsed: false,
        complete: names.every((name) => !this.#wrong(name)),
        empty: names.every((name) => !this.#values[name]),
        value: { type: this.#method },
      };
      const text = JSON.stringify(change);
      if (text === this.#last) return;
      this.#last = text;
      this.emit("change", change);
    }

    /** The first error, which is shown at its field; null if the form is complete. */
    validate() {
      let first = null;
      for (const name of FORMS[this.#method]) {
        this.#touched.add(name);
        this.#show(name);
        first ??= this.#wrong(name) && name;
      }
      if (!first) return null;
      this.#inputs[first]?.focus();
      const code = this.#wrong(first).replace(/_past$/, "");
      return { type: "validation_error", code, message: this.#messages[this.#wrong(first)] };
    }

    /** `payment_method_data` of the input. */
    data(more = {}) {
      const { number, expiry, cvc, iban, name, email } = this.#values;
      if (this.#method === "card") {
        const card = { number, exp_month: expiry.slice(0, 2), exp_year: expiry.slice(2), cvc };
        return { type: "card", card, ...more };
      }
      const billing = { ...more.billing_details, name: name.trim(), email: email.trim() };
      return { type: "sepa_debit", sepa_debit: { iban }, ...more, billing_details: billing };
    }

    get method() {
      return this.#method;
    }
  }

  class Elements {
    #key;
    #made = new Map();
    #loaded = null;

    constructor(key, options) {
      this.#key = key;
      this.options = options ?? {};
    }

    /** The offered methods: those of the intent, or only card while there is none. */
    load() {
      const { clientSecret, paymentMethodTypes } = this.options;
      if (!clientSecret) return Promise.resolve({ methods: paymentMethodTypes ?? ["card"] });
      this.#loaded ??= this.#ask(clientSecret).then((answer) => {
        if (answer.error) this.#loaded = null;
        return answer;
      });
      return this.#loaded;
    }

    async #ask(clientSecret) {
      const path = `payment_intents/${intentOf(clientSecret)}`;
      const messages = messagesFor(this.options.locale);
      const answer = await call(this.#key, messages, "GET", path, { client_secret: clientSecret });
      if (answer.error) return answer;
      const over = ["succeeded", "canceled", "processing"].includes(answer.body.status);
      if (!over) return { methods: answer.body.payment_method_types };
      const message = `This PaymentIntent is in a terminal state (${answer.body.status}).`;
      return { error: { type: "invalid_request_error", message } };
    }

    create(type, options) {
      if (type !== "payment" && type !== "card") {
        throw new IntegrationError(`This double of Stripe draws no element of type ${type}.`);
      }
      if (this.#made.has(type)) {
        throw new IntegrationError(`Can only create one Element of type ${type}.`);
      }
      const element = new Element(this, type, options);
      this.#made.set(type, element);
      return element;
    }

    getElement(type) {
      const name = typeof type === "string" ? type : type?.__elementType;
      return this.#made.get(name) ?? null;
    }

    forget(type) {
      this.#made.delete(type);
    }

    update(options) {
      const { locale } = this.options;
      this.options = { ...this.options, ...options };
      for (const element of this.#made.values()) {
        element.dress();
        if (this.options.locale !== locale) element.redraw();
      }
    }

    fetchUpdates() {
      return Promise.resolve({});
    }

    submit() {
      const element = this.getElement("payment");
      if (!element) throw new IntegrationError("elements.submit() needs a mounted Payment Element.");
      const error = element.validate();
      return Promise.resolve(error ? { error } : { selectedPaymentMethod: element.method });
    }
  }

  // ---------------------------------------------------------------- 3-D Secure

  /** The user's choice: `complete` or `fail`. Closing the dialog is a failure. */
  function challenge(messages) {
    return new Promise((resolve) => {
      const host = made("div");
      const root = shadow(host);
      const complete = made("button", { type: "button", class: "main" }, messages.complete);
      const fail = made("button", { type: "button" }, messages.fail);
      const dialog = made(
        "dialog",
        { "aria-labelledby": "title", "aria-describedby": "text" },
        made("h2", { id: "title" }, messages.challengeTitle),
        made("p", { id: "text" }, messages.challengeText),
        made("div", {}, fail, complete),
      );
      complete.addEventListener("click", () => dialog.close("complete"));
      fail.addEventListener("click", () => dialog.close("fail"));
      dialog.addEventListener("close", () => {
        host.remove();
        resolve(dialog.returnValue === "complete" ? "complete" : "fail");
      });
      root.append(dialog);
      document.body.append(host);
      dialog.showModal();
      complete.focus();
    });
  }

  // ---------------------------------------------------------------- Stripe

  function Stripe(key, options = {}) {
    if (typeof key !== "string" || !key.startsWith("pk_")) {
      throw new IntegrationError("Please call Stripe() with your publishable key (pk_…).");
    }
    let messages = messagesFor(options.locale);

    function ask(method, path, fields) {
      return call(key, messages, method, path, fields);
    }

    function retrieve(clientSecret) {
      const path = `payment_intents/${intentOf(clientSecret)}`;
      return ask("GET", path, { client_secret: clientSecret });
    }

    /** Confirms, shows the challenge if there is one, and resolves to the intent. */
    async function confirmIntent(clientSecret, fields, { challenges = true } = {}) {
      const path = `payment_intents/${intentOf(clientSecret)}`;
      let answer = await ask("POST", `${path}/confirm`, {
        ...fields,
        client_secret: clientSecret,
        use_stripe_sdk: true,
      });
      if (answer.body?.status === "requires_action" && challenges) {
        answer = await authenticate(clientSecret, answer.body);
      }
      return result(answer);
    }

    async function authenticate(clientSecret, intent) {
      const { type, redirect_to_url: redirect } = intent.next_action;
      if (type === "redirect_to_url") {
        window.location.assign(redirect.url);
        return new Promise(() => {});
      }
      const outcome = await challenge(messages);
      const path = `payment_intents/${intent.id}/challenge`;
      return ask("POST", path, { client_secret: clientSecret, outcome });
    }

    function result({ body, error }) {
      if (error) return { error };
      if (body.status === "requires_payment_method" && body.last_payment_error) {
        return { error: { ...body.last_payment_error, payment_intent: body } };
      }
      return { paymentIntent: body };
    }

    /** Redirects to `url` with parameters for its page; the promise never settles. */
    function redirectTo(url, intent) {
      const away = new URL(url, window.location.href);
      const outcome = { succeeded: "succeeded", processing: "pending" }[intent.status] ?? "failed";
      away.searchParams.set("payment_intent", intent.id);
      away.searchParams.set("payment_intent_client_secret", intent.client_secret);
      away.searchParams.set("redirect_status", outcome);
      window.location.assign(away.href);
      return new Promise(() => {});
    }

    function card(method) {
      const element = method?.card;
      if (!(element instanceof Element)) return { payment_method_data: { type: "card", ...method } };
      const { card: _, ...more } = method;
      return { payment_method_data: element.data(more) };
    }

    return {
      elements(elementsOptions = {}) {
        const group = new Elements(key, { locale: options.locale, ...elementsOptions });
        messages = messagesFor(group.options.locale);
        return group;
      },

      async confirmPayment({ elements, clientSecret, confirmParams = {}, redirect = "always" }) {
        const { return_url, payment_method_data, payment_method, ...others } = confirmParams;
        if (!return_url && redirect !== "if_required") {
          throw new IntegrationError("confirmPayment needs confirmParams.return_url.");
        }
        const secret = clientSecret ?? elements?.options.clientSecret;
        const fields = { return_url, ...others };
        if (payment_method) {
          fields.payment_method = payment_method;
        } else {
          const element = elements?.getElement("payment");
          if (!element) throw new IntegrationError("confirmPayment needs a Payment Element.");
          const error = element.validate();
          if (error) return { error };
          fields.payment_method_data = element.data(payment_method_data);
        }
        if (elements) messages = messagesFor(elements.options.locale);
        const answer = await confirmIntent(secret, fields);
        if (answer.error || redirect === "if_required") return answer;
        return redirectTo(return_url, answer.paymentIntent);
      },

      async confirmCardPayment(clientSecret, data = {}, { handleActions = true } = {}) {
        const { payment_method: method, ...others } = data;
        const fields = typeof method === "string" ? { payment_method: method } : {};
        if (method && typeof method === "object") {
          const error = method.card instanceof Element && method.card.validate();
          if (error) return { error };
          Object.assign(fields, card(method));
        }
        const answer = await confirmIntent(clientSecret, { ...others, ...fields }, {
          challenges: handleActions,
        });
        // As in Stripe's script: for the user, an intent that was paid before is not a failure.
        const paid = answer.error?.payment_intent?.status === "succeeded";
        return paid ? { paymentIntent: answer.error.payment_intent } : answer;
      },

      async handleNextAction({ clientSecret }) {
        const answer = await retrieve(clientSecret);
        if (answer.body?.status !== "requires_action") return result(answer);
        return result(await authenticate(clientSecret, answer.body));
      },

      handleCardAction(clientSecret) {
        return this.handleNextAction({ clientSecret });
      },

      async retrievePaymentIntent(clientSecret) {
        const { body, error } = await retrieve(clientSecret);
        return error ? { error } : { paymentIntent: body };
      },

      async createPaymentMethod({ elements, params, ...described }) {
        const element = elements?.getElement("payment") ?? described.card;
        let fields = described;
        if (element instanceof Element) {
          const error = element.validate();
          if (error) return { error };
          const { type: _, card: __, ...more } = described;
          fields = element.data({ ...more, ...params });
        }
        const { body, error } = await ask("POST", "payment_methods", fields);
        return error ? { error } : { paymentMethod: body };
      },

      async createToken() {
        const message = "This double of Stripe makes no tokens: use a PaymentIntent.";
        return { error: { type: "invalid_request_error", message } };
      },

      registerAppInfo() {},

      _registerWrapper() {},
    };
  }

  Stripe.version = "endive";
  window.Stripe = Stripe;
})();
