// Replaces Stripe's script in browser tests of the pages: a form with one field for a card number.
// The end of the number selects the outcome: 0002 is declined, 3220 fails the bank's authentication, 0341 never
// responds, 0000 cannot reach Stripe, 0001 loses the connection for this and all later requests, 0003 loses the
// response after the payment; any other number is paid. `window.stripeForm` selects how the form loads: "held" until
// `window.releaseStripeForm()` is called, or "broken".
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
        if (window.stripeForm === "held") window.releaseStripeForm = () => handlers.ready?.(element);
        else if (window.stripeForm === "broken") setTimeout(() => handlers.loaderror?.({ error: {} }));
        else setTimeout(() => handlers.ready?.(element));
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
        window.confirmedPayments = (window.confirmedPayments ?? 0) + 1;
        const ending = input.value.slice(-4);
        if (ending === "0002") return { error: { type: "card_error", message: "Your card was declined." } };
        if (ending === "3220")
          return {
            error: {
              type: "invalid_request_error",
              code: "payment_intent_authentication_failure",
              message: "We are unable to authenticate your payment method.",
            },
          };
        if (ending === "0341") return new Promise(() => {});
        if (ending === "0000") return { error: { type: "api_connection_error" } };
        if (ending === "0001" || ending === "0003") throw new TypeError("Failed to fetch");
        return { paymentIntent: { id: "pi_1", status: "succeeded" } };
      },
      async retrievePaymentIntent() {
        const ending = input.value.slice(-4);
        if (ending === "0001") return { error: { type: "api_connection_error" } };
        const status = ending === "0003" ? "succeeded" : "requires_payment_method";
        return { paymentIntent: { id: "pi_1", status } };
      },
    };
  },
  { version: "endive" },
);
