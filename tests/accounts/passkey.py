"""A passkey in software: what a browser and its key would answer to the page that adds one, and to the login."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG


class Passkey:
    """A key made for one site, which is asked for its user's fingerprint each time."""

    def __init__(self, host="testserver"):
        self.host, self.number = host, secrets.token_bytes(32)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.count = 0

    def registration(self, challenge: str, origin=None) -> str:
        """Answer a challenge (as the page gives it) with a new public key."""
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(bytes(16), self.number, public)
        attestation = AttestationObject.create("none", self._data(FLAG.AT, made), {})
        client = self._client("webauthn.create", challenge, origin)
        return self._answer(
            clientDataJSON=client, attestationObject=attestation, extensions={"credProps": {"rk": True}}
        )

    def signature(self, challenge: str, user: str, origin=None) -> str:
        """Answer a challenge of the login, for the user whose name (in the key's own words) it holds."""
        data, client = self._data(FLAG(0)), self._client("webauthn.get", challenge, origin)
        signed = self.key.sign(bytes(data) + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signed, userHandle=user.encode())

    def _data(self, more, made=b""):
        self.count += 1
        flags = FLAG.UP | FLAG.UV | more
        return AuthenticatorData.create(hashlib.sha256(self.host.encode()).digest(), flags, self.count, made)

    def _client(self, kind, challenge, origin):
        return CollectedClientData.create(kind, challenge, origin or f"https://{self.host}")

    def _answer(self, extensions=None, **parts):
        number = websafe_encode(self.number)
        response = {name: websafe_encode(bytes(part)) for name, part in parts.items()}
        facts = {"id": number, "rawId": number, "type": "public-key", "response": response}
        return json.dumps(facts | {"clientExtensionResults": extensions or {}})
