"""Sign-in by the organisation's identity provider: code flow with PKCE, state and nonce checked.

A coordinator must have entered the user first, either by the provider's `subject` or by a login that equals
the e-mail address verified by the provider; such a login is tied to the subject at the first sign-in. Nobody
else can sign in. OpenID Connect Core 1.0, RFC 7636.
"""

import hmac
import secrets
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.http.accounts.session import enter
from api.http.frame.auth import Serving
from api.http.frame.errors import Forbidden, NotConfigured, problems
from api.http.frame.session.cookies import drop_cookie, give_cookie, read_cookie
from api.http.frame.writes.router import Router
from api.service.settings import Settings
from api.service.wiring import Service
from data.base.message import message
from data.store.people.invitations import end_invitation
from data.store.people.users import StoredUser, change_user, credentials, user_of_subject

router = Router(prefix="/auth/oidc", tags=["sign-in"], responses=problems(403, 422, 500, 503))
COOKIE = "buddyplan_oidc"
LASTS_S = 600
SIGNED_BY = ["RS256", "ES256"]
TIMEOUT_S = 10
CLOCKS_DIFFER_S = 60
REDIRECT: dict[int | str, dict[str, Any]] = {303: {"description": "On to the next page"}}


def configured(settings: Settings) -> bool:
    """Return whether the settings name a provider."""
    return bool(settings.oidc_issuer and settings.oidc_client_id)


@router.get("/login", status_code=303, responses=REDIRECT)
def go_to_provider(request: Request, service: Serving) -> RedirectResponse:
    """Redirect the browser to the provider, with a cookie holding what the answer must match."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    with _client(request, service.settings) as client:
        url, _ = client.create_authorization_url(
            _endpoint(_discovered(service.settings), "authorization_endpoint"),
            state=state,
            nonce=nonce,
            code_verifier=verifier,
        )
    answer = RedirectResponse(url, 303)
    give_cookie(request, answer, COOKIE, f"{state}.{nonce}.{verifier}", LASTS_S)
    return answer


@router.get("/callback", status_code=303, responses=REDIRECT, name="oidc_callback")
def come_back(request: Request, service: Serving, code: str = "", state: str = "") -> Response:
    """Take the provider's answer and begin a session for the user it identifies."""
    state_sent, nonce, verifier = (*read_cookie(request, COOKIE).split("."), "", "", "")[:3]
    if not (state_sent and hmac.compare_digest(state_sent.encode(), state.encode())):
        raise Forbidden(message("sign_in_not_begun"))
    if not code:
        raise Forbidden(message("provider_refused"))
    user = _known(service, _claims(request, service.settings, code, nonce, verifier))
    answer = RedirectResponse("/", 303)
    drop_cookie(request, answer, COOKIE)
    enter(request, answer, service, user)
    return answer


def _client(request: Request, settings: Settings) -> Any:
    from authlib.integrations.httpx_client import OAuth2Client

    return OAuth2Client(
        settings.oidc_client_id,
        settings.oidc_client_secret,
        scope="openid email",
        redirect_uri=str(request.url_for("oidc_callback")),
        code_challenge_method="S256",
        timeout=TIMEOUT_S,
    )


def _discovered(settings: Settings) -> dict[str, Any]:
    """Return the provider's metadata; raises `NotConfigured` where it is missing or of another issuer."""
    found = _asked(settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != settings.oidc_issuer:
        raise NotConfigured(message("provider_other_name"))
    return found


def _asked(url: str, bearer: str = "") -> dict[str, Any]:
    import httpx

    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    try:
        answer = httpx.get(url, headers=headers, timeout=TIMEOUT_S)
        found: dict[str, Any] = answer.raise_for_status().json()
    except (httpx.HTTPError, ValueError):
        raise NotConfigured(message("provider_silent")) from None
    if not isinstance(found, dict):
        raise NotConfigured(message("provider_silent"))
    return found


def _endpoint(provider: dict[str, Any], name: str) -> str:
    """Return the address of one of the provider's services; raises `NotConfigured` where it names none."""
    if not isinstance(provider.get(name), str):
        raise NotConfigured(message("provider_silent"))
    return str(provider[name])


def _claims(request: Request, settings: Settings, code: str, nonce: str, verifier: str) -> dict[str, Any]:
    """Return the claims that the provider signed; raises `Forbidden` where its answer is not valid."""
    from authlib.common.errors import AuthlibBaseError
    from httpx import HTTPError
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    with _client(request, settings) as client:
        provider = _discovered(settings)
        published = _asked(_endpoint(provider, "jwks_uri"))
        where = _endpoint(provider, "token_endpoint")
        try:
            keys = KeySet.import_key_set(published)  # type: ignore[arg-type]
            got = client.fetch_token(where, code=code, code_verifier=verifier)
            claims = jwt.decode(got["id_token"], keys, algorithms=SIGNED_BY).claims
            jwt.JWTClaimsRegistry(
                leeway=CLOCKS_DIFFER_S,
                iss={"essential": True, "value": settings.oidc_issuer},
                aud={"essential": True, "value": settings.oidc_client_id},
                sub={"essential": True},
                exp={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(claims)
            _expect_for_us(claims, settings.oidc_client_id)
        except (AuthlibBaseError, JoseError, HTTPError, KeyError, ValueError, TypeError):
            raise Forbidden(message("provider_answer_wrong")) from None
    if not {"email", "email_verified"} <= claims.keys() and "userinfo_endpoint" in provider:
        told = _asked(_endpoint(provider, "userinfo_endpoint"), str(got.get("access_token", "")))
        same = told.get("email") == claims.get("email", told.get("email"))
        if told.get("sub") == claims["sub"] and same:
            claims |= {name: told[name] for name in ("email", "email_verified") if name in told}
    return dict(claims)


def _expect_for_us(claims: dict[str, Any], client: str) -> None:
    """Raise `ValueError` for a token made for another client, which must be named if several may read it."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", "" if several else client) != client:
        raise ValueError("the token was made for another client")


def _known(service: Service, claims: dict[str, Any]) -> StoredUser:
    """Return the user that the claims identify; raises `Forbidden` where nobody has entered that user."""
    subject, email = str(claims["sub"]), str(claims.get("email", ""))
    with service.store.writing() as c:
        user = user_of_subject(c, subject)
        if user is not None:
            return user
        found = credentials(c, email) if email and claims.get("email_verified") is True else None
        if found is not None and found[0].subject is None:
            end_invitation(c, found[0].id)
            return change_user(c, found[0].id, found[0].version, {"subject": subject})
    raise Forbidden(message("nobody_entered_you"))
