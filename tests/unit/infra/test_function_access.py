"""The tables of `docs/security.md` state what the rows grant."""

from infra.endpoint_spec import Access, FunctionSpec, Grant, Objects
from infra.endpoints.actions import GET, READ_VERSION, UPDATE, UPLOADS, USERS
from infra.function_access import access_table, capability_table

ROW = FunctionSpec(
    name="orders/get",
    objects=(Objects((READ_VERSION,), UPLOADS),),
    table=(Grant((GET,), (USERS,)),),
    jwt=Access(table=(Grant((UPDATE,), (USERS,), index="GSI1"),), secrets=("token_key",)),
)


def able(text, *rows):
    """The functions in the line of a capability that starts with the text."""
    lines = capability_table(*rows).splitlines()
    (functions,) = [line.split(" | ")[1] for line in lines if line.startswith(f"| {text}")]
    return functions.removesuffix(" |")


def test_a_function_has_a_line_for_each_identity_if_they_differ():
    jwt, cognito = access_table([ROW]).splitlines()[2:]

    items = "get `USER#`; update `USER#` of index `GSI1`"
    elsewhere = "read versions of `uploads/`; the key that signs tokens"
    assert jwt == f"| `orders/get`, jwt | {items} | {elsewhere} |"
    assert (
        cognito
        == "| `orders/get`, cognito and gateway | get `USER#` | read versions of `uploads/` |"
    )


def test_a_function_without_permissions_may_use_nothing():
    (line,) = access_table([FunctionSpec(name="meta/docs")]).splitlines()[2:]

    assert line == "| `meta/docs` | nothing | nothing |"


def test_a_capability_names_the_functions_that_have_it():
    assert able("Read the file of a document", [ROW]) == "`orders/get`"
    assert able("Change an order", [ROW]) == "`orders/get` (jwt)"
    assert able("Use Stripe's", [ROW]) == "none"


def test_some_function_has_each_capability():
    """A capability that no function has would be described by a wrong question."""
    assert "none" not in capability_table()


def test_only_the_functions_of_tokens_can_act_as_any_customer():
    able_to_sign = able("Act as any customer")

    assert able_to_sign == (
        "`auth/login` (jwt and cognito), `auth/refresh` (jwt and cognito), `auth/login_mfa`, "
        "`auth/jwks`, `auth/login_passkey`, `auth/authorize`"
    )
