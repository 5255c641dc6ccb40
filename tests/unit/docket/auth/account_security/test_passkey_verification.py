import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docket.auth.account_security import passkey_verification
from docket.auth.account_security.passkey_verification import from_base64url, to_base64url
from docket.domain.accounts.passkey import RelyingParty
from docket.domain.errors import PasskeyRefused
from docket.schemas.accounts.passkeys import AddPasskeyRequest, PasskeyProof
from tests.make_people import a_passkey
from tests.soft_authenticator import RELYING_PARTY, SITE, SoftAuthenticator

PARTY = RelyingParty(id=RELYING_PARTY, origin=SITE)
CHALLENGE = b"a challenge"
OPTIONS = {"challenge": to_base64url(CHALLENGE), "user_handle": to_base64url(b"ada")}


def made_by(device, **fields):
    return AddPasskeyRequest(**(device.make(OPTIONS) | fields))


def signed_by(device, **fields):
    return PasskeyProof(**(device.sign(OPTIONS["challenge"]) | fields))


@pytest.fixture
def device():
    return SoftAuthenticator(counts=True)


@pytest.fixture
def passkey(device):
    public_key, use = passkey_verification.new_key(made_by(device), CHALLENGE, PARTY)
    return a_passkey(public_key=public_key, sign_count=use.sign_count)


CHROMIUM = RelyingParty(id="d1.cloudfront.localhost", origin="http://d1.cloudfront.localhost:44965")
"""Where a virtual authenticator of Chromium answered the challenge of the bytes 1, 2 and 3."""

CREDENTIAL_ID = "BNiGm_WUdp9Ei4qUPjr5gWEMUhkY2JMie8BEDzcQMGI"
MADE_BY_CHROMIUM = AddPasskeyRequest(
    name="Chromium",
    credential_id=CREDENTIAL_ID,
    client_data="eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQVFJRCIsIm9yaWdpbiI6Imh0dHA6Ly9k"
    "MS5jbG91ZGZyb250LmxvY2FsaG9zdDo0NDk2NSIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
    attestation="o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViBcYhb2G08gsrKrk_PnWocEL_BR5_d9jw72qxpjgvkJ9JF"
    "AAAAAQECAwQFBgcIAQIDBAUGBwgAIATYhpv1lHafRIuKlD46-YFhDFIZGNiTInvARA83EDBipAEBAycgBiFYIJJC1yg7TokC"
    "QZxswNEuci1tseBj1AfJRemtHMTtk8hH",
)
SIGNED_BY_CHROMIUM = PasskeyProof(
    credential_id=CREDENTIAL_ID,
    user_handle="AQ",
    client_data="eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQVFJRCIsIm9yaWdpbiI6Imh0dHA6Ly9kMS5j"
    "bG91ZGZyb250LmxvY2FsaG9zdDo0NDk2NSIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
    authenticator_data="cYhb2G08gsrKrk_PnWocEL_BR5_d9jw72qxpjgvkJ9IFAAAAAg",
    signature="f3EEG6UpiBxA0HXZK1mPOywivrdntpE_etZT_R6_Uqk1ud-s0i9B2fQYgRkTRHbTtwO40qBnlowBEYPys6FlAw",
)


def test_answers_of_a_browser_are_accepted():
    challenge = bytes([1, 2, 3])
    key, registration = passkey_verification.new_key(MADE_BY_CHROMIUM, challenge, CHROMIUM)
    passkey = a_passkey(public_key=key, sign_count=registration.sign_count)

    use = passkey_verification.use_of(SIGNED_BY_CHROMIUM, passkey, challenge, CHROMIUM)

    assert (registration.sign_count, use.sign_count) == (1, 2)


def test_the_challenge_is_read_before_anything_is_verified(device):
    assert passkey_verification.challenge_of(made_by(device).client_data) == CHALLENGE


def test_a_use_has_the_count_of_the_device(device, passkey):
    use = passkey_verification.use_of(signed_by(device), passkey, CHALLENGE, PARTY)

    assert (use.sign_count, use.is_synced) == (1, False)


def test_a_signature_for_another_challenge_is_refused(device, passkey):
    with pytest.raises(PasskeyRefused):
        passkey_verification.use_of(signed_by(device), passkey, b"another", PARTY)


def test_an_answer_that_adds_a_passkey_proves_nothing(device, passkey):
    answer = signed_by(device, client_data=made_by(device).client_data)

    with pytest.raises(PasskeyRefused):
        passkey_verification.use_of(answer, passkey, CHALLENGE, PARTY)


def test_the_id_is_that_of_the_attested_credential(device):
    with pytest.raises(PasskeyRefused):
        passkey_verification.new_key(
            made_by(device, credential_id=to_base64url(b"another")), CHALLENGE, PARTY
        )


def test_an_algorithm_that_was_not_offered_is_refused(device, monkeypatch):
    monkeypatch.setattr(passkey_verification, "_ALGORITHMS", [])

    with pytest.raises(PasskeyRefused):
        passkey_verification.new_key(made_by(device), CHALLENGE, PARTY)


def test_a_key_that_is_none_is_refused(device, passkey):
    attestation = cbor2.loads(from_base64url(made_by(device).attestation))
    attestation["authData"] = attestation["authData"][:-5] + bytes(5)
    on_no_curve = made_by(device, attestation=to_base64url(cbor2.dumps(attestation)))
    stored = a_passkey(public_key=to_base64url(cbor2.dumps({})))

    with pytest.raises(PasskeyRefused):
        passkey_verification.use_of(signed_by(device), stored, CHALLENGE, PARTY)
    # Whether the point is on the curve, the first use of the key would show.
    key, _ = passkey_verification.new_key(on_no_curve, CHALLENGE, PARTY)
    with pytest.raises(PasskeyRefused):
        passkey_verification.use_of(signed_by(device), a_passkey(public_key=key), CHALLENGE, PARTY)


CBOR = st.recursive(
    st.none() | st.integers(-300, 300) | st.binary(max_size=80) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["fmt", "attStmt", "authData", "x5c", "sig", "alg", "ver"]), inner
        )
    ),
    max_leaves=8,
)
FORMATS = st.sampled_from(
    ["none", "packed", "tpm", "fido-u2f", "apple", "android-key", "android-safetynet", "other"]
)


@settings(max_examples=60)
@given(CBOR, st.dictionaries(st.sampled_from(["x5c", "sig", "alg", "ver"]), CBOR), FORMATS)
def test_no_attestation_breaks_anything(content, statement, form):
    whole = cbor2.loads(from_base64url(made_by(SoftAuthenticator()).attestation))
    for attestation in (content, {**whole, "fmt": form, "attStmt": statement}):
        request = made_by(
            SoftAuthenticator(), attestation=to_base64url(cbor2.dumps(attestation)) or "A"
        )

        with pytest.raises(PasskeyRefused):
            passkey_verification.new_key(request, CHALLENGE, PARTY)


@settings(max_examples=60)
@given(st.binary(min_size=1, max_size=200))
def test_no_bytes_break_anything(content):
    device, text = SoftAuthenticator(), to_base64url(content)

    with pytest.raises(PasskeyRefused):
        passkey_verification.challenge_of(text)
    with pytest.raises(PasskeyRefused):
        passkey_verification.new_key(made_by(device, attestation=text), CHALLENGE, PARTY)
    with pytest.raises(PasskeyRefused):
        passkey_verification.use_of(
            signed_by(device, authenticator_data=text), a_passkey(), CHALLENGE, PARTY
        )


@pytest.mark.parametrize("content", [b"", b"a", b"ab", b"abc", bytes(range(256))])
def test_base64url_has_no_padding(content):
    assert from_base64url(to_base64url(content)) == content
    assert "=" not in to_base64url(content)
