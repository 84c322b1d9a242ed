"""Answers that refuse become errors of the right class, with the API's words on one line."""

from __future__ import annotations

import httpx
import pytest
from daytona_httpx import (
    DaytonaBadGatewayError,
    DaytonaBadRequestError,
    DaytonaError,
    DaytonaFileNotFoundError,
    DaytonaForbiddenError,
    DaytonaNotFoundError,
    DaytonaTimeoutError,
)
from daytona_httpx.answers import error_of, items_of, json_of, no_answer, object_of


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, DaytonaBadRequestError),
        (403, DaytonaForbiddenError),
        (404, DaytonaNotFoundError),
        (408, DaytonaTimeoutError),
        (502, DaytonaBadGatewayError),
        (504, DaytonaTimeoutError),
        (418, DaytonaError),
    ],
)
def test_the_status_decides_the_class(status: int, kind: type[DaytonaError]) -> None:
    error = error_of(httpx.Response(status, json={"message": "words"}))
    assert type(error) is kind
    assert (error.status_code, str(error)) == (status, "words")


def test_the_daemon_s_code_decides_before_the_status() -> None:
    body = {"message": "no", "code": "FILE_NOT_FOUND", "source": "DAYTONA_DAEMON"}
    assert type(error_of(httpx.Response(400, json=body))) is DaytonaFileNotFoundError
    assert type(error_of(httpx.Response(400, json={**body, "source": "ELSE"}))) is DaytonaBadRequestError


def test_several_lines_become_one_and_the_original_is_kept() -> None:
    words = "Total CPU limit exceeded. Maximum allowed: 3.\nTo increase ..."
    error = error_of(httpx.Response(400, json={"message": words}))
    assert str(error) == "Total CPU limit exceeded. Maximum allowed: 3. To increase ..."
    assert error.api_message == words


def test_several_messages_are_joined() -> None:
    for name in ("message", "errors"):
        assert str(error_of(httpx.Response(400, json={name: ["a", "b"]}))) == "a, b"


def foreign(status: int, text: str = "", **headers: str) -> DaytonaError:
    request = httpx.Request("GET", "http://a.test:1/api/sandbox/x")
    return error_of(httpx.Response(status, text=text, headers=headers, request=request))


def test_a_proxy_s_page_is_not_shown() -> None:
    error = foreign(502, "<html>much</html>")
    assert type(error) is DaytonaBadGatewayError
    assert str(error) == "HTTP 502 from http://a.test:1 (Bad Gateway)"
    assert len(str(foreign(500, "x" * 5000))) <= 400


@pytest.mark.parametrize("text", ["", "404 page not found", "<html>Not Found</html>", "{}", "[]"])
def test_a_404_that_is_not_the_api_s_own_is_not_taken_for_absence(text: str) -> None:
    error = foreign(404, text)
    assert not isinstance(error, DaytonaNotFoundError)
    assert error.status_code == 404
    assert str(error).startswith("HTTP 404 from http://a.test:1 (")
    assert str(error).endswith("check the API URL, it usually ends in /api")


def test_a_redirect_says_where_the_api_is() -> None:
    assert str(foreign(301, location="https://new.test/api")) == (
        "redirected to https://new.test; set the API URL to that"
    )


def test_an_answer_that_is_not_json_says_to_check_the_url() -> None:
    response = httpx.Response(200, text="<html>", request=httpx.Request("GET", "http://a.test:1/x"))
    with pytest.raises(DaytonaError, match=r"http://a\.test:1 is not JSON; check the API URL"):
        json_of(response)


def test_an_answer_of_the_wrong_form_is_an_error() -> None:
    with pytest.raises(DaytonaError, match="an object was expected"):
        object_of(None)
    with pytest.raises(DaytonaError, match="a list was expected"):
        items_of({})


def test_an_unreachable_server_is_named_without_secrets_of_the_url() -> None:
    error = no_answer(httpx.ConnectError("refused"), "http://user:pw@a.test:8/api/token/t0k?x=s3c")
    assert str(error) == "no answer from http://a.test:8: refused"
