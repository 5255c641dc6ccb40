// Stands in for Stripe's script in browser tests of the pages: a form of one field that takes a card number.
// A number ending in 0002 is declined, in 0000 means that Stripe cannot be reached; any other is paid.
window.Stripe = Object.assign(
  () => {
    let input;
    const handlers = {};
    const element = {
      mount(target) {
        const place = typeof target === "string" ? document.querySelector(target) : target;
        const label = document.createElement("label");
        label.append("Card number ");
        input = document.createElement("input");
        input.addEventListener("input", () => handlers.change?.({ complete: input.value.length >= 16 }));
        label.append(input);
        place.append(label);
        setTimeout(() => handlers.ready?.(element));
      },
      on: (name, handler) => {
        handlers[name] = handler;
        return element;
      },
      once: (name, handler) => element.on(name, handler),
      off: () => element,
      update() {},
      destroy() {},
      unmount() {},
    };
    return {
      _registerWrapper() {},
      registerAppInfo() {},
      elements: () => ({
        create: () => element,
        getElement: () => element,
        update() {},
        fetchUpdates: async () => ({}),
        submit: async () => ({}),
        on() {},
        off() {},
      }),
      createToken() {},
      createPaymentMethod() {},
      confirmCardPayment() {},
      async confirmPayment() {
        if (input.value.endsWith("0002"))
          return { error: { type: "card_error", message: "Your card was declined." } };
        if (input.value.endsWith("0000")) return { error: { type: "api_connection_error" } };
        return { paymentIntent: { id: "pi_1", status: "succeeded" } };
      },
    };
  },
  { version: "endive" },
);
