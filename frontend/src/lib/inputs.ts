import { minLength, pipe, regex, string } from "valibot";

/** What a form accepts in a field, before the API decides. The messages are codes of the group `field`. */
export const anyText = string();
export const someText = pipe(string(), minLength(1, "required"));
export const emailAddress = pipe(someText, regex(/^\s*\S+@\S+\s*$/, "not_an_email_address"));
