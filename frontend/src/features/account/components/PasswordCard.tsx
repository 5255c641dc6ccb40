import { useState } from "react";
import { useAccountGetQuery } from "../api/getProfile";
import { ChangePasswordCard } from "./ChangePasswordCard";
import { NoPasswordCard } from "./NoPasswordCard";

/** The password: what changes or removes it, or how an account without one gets one again. */
export function PasswordCard() {
  const { data: me } = useAccountGetQuery();
  const [isRemoved, setRemoved] = useState(false);
  if (me?.has_password === false) return <NoPasswordCard email={me.email} isRemoved={isRemoved} />;
  return <ChangePasswordCard onRemoved={() => setRemoved(true)} />;
}
