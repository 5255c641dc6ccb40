"""Second factors: at most one item for each account.

It has a partition of its own, so that only functions of accounts can read it.
"""

from datetime import datetime

from docket.domain.accounts.second_factor import SecondFactor, UsedCode
from docket.table import client, keys
from docket.table.client import Delete, Put, Update
from docket.table.items import codec
from docket.table.items.times import to_iso


def find(user_id: str) -> SecondFactor | None:
    """The factor, confirmed or not, with the hashes of the recovery codes that it still has.

    None if none was set up.
    """
    item = client.get(keys.second_factor(user_id))
    if item is None:
        return None
    hashes = frozenset(item.get("recovery", {}))
    return codec.from_item(SecondFactor, item, recovery_hashes=hashes)


def begin(factor: SecondFactor) -> None:
    """Store a factor that is to be confirmed, in place of an earlier one that was not.

    It may be repeated. Raises `ConditionFailed` if the account has a confirmed one.
    """
    item = codec.to_item(factor, without={"recovery_hashes"})
    client.write(
        Put(
            item={**keys.second_factor(factor.user_id), **item, "last_step": 0, "recovery": {}},
            condition="attribute_not_exists(#confirmed_at)",
        )
    )


def confirm_write(
    factor: SecondFactor, used: UsedCode, hashes: list[str], *, at: datetime, used_by: str
) -> Update:
    """The write that confirms a factor by its first code, with the hashes of recovery codes.

    `used_by` is unique to the request, so that its repetition after a lost reply succeeds.
    """
    return Update(
        key=keys.second_factor(factor.user_id),
        condition="#sealed_secret = :secret"
        " AND (attribute_not_exists(#confirmed_at) OR #used_by = :used_by)",
        set={
            ("confirmed_at",): to_iso(at),
            ("last_step",): used.step or 0,
            ("recovery",): dict.fromkeys(hashes, True),
            ("used_by",): used_by,
        },
        values={"secret": factor.sealed_secret, "used_by": used_by},
    )


def use_write(factor: SecondFactor, used: UsedCode, *, used_by: str) -> Update:
    """The write that uses a code up, for the transaction that has its effect.

    Of several requests with one code, one succeeds. `used_by` is unique to the request.
    """
    key, mine = keys.second_factor(factor.user_id), "#used_by = :used_by"
    values = {"secret": factor.sealed_secret, "used_by": used_by}
    if used.recovery_hash:
        return Update(
            key=key,
            condition=f"#sealed_secret = :secret AND (#recovery.#hash = :unused OR {mine})",
            set={("used_by",): used_by},
            remove=[("recovery", used.recovery_hash)],
            names={"hash": used.recovery_hash},
            values={**values, "unused": True},
        )
    return Update(
        key=key,
        condition=f"#sealed_secret = :secret AND (#last_step < :step OR {mine})",
        set={("last_step",): used.step, ("used_by",): used_by},
        values={**values, "step": used.step},
    )


def renew_write(factor: SecondFactor, hashes: list[str]) -> Update:
    """The write that replaces all recovery codes, while the factor is the same.

    It recognises its own codes, so that the mail about them is not owed again.
    """
    return Update(
        key=keys.second_factor(factor.user_id),
        condition="#sealed_secret = :secret AND attribute_exists(#confirmed_at)"
        " AND attribute_not_exists(#recovery.#first)",
        set={("recovery",): dict.fromkeys(hashes, True)},
        names={"first": hashes[0]},
        values={"secret": factor.sealed_secret},
        mark="recovery",
    )


def forget_write(user_id: str) -> Delete:
    """The write that removes whatever factor an account has, with its recovery codes."""
    return Delete(key=keys.second_factor(user_id), condition=None)


def remove_write(factor: SecondFactor) -> Delete:
    """The write that removes a factor. It fails if that was confirmed or replaced meanwhile."""
    is_confirmed = "attribute_exists" if factor.confirmed_at else "attribute_not_exists"
    return Delete(
        key=keys.second_factor(factor.user_id),
        condition=f"#sealed_secret = :secret AND {is_confirmed}(#confirmed_at)",
        values={"secret": factor.sealed_secret},
    )
