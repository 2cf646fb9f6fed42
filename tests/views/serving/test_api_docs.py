"""The page of the API's description: own files only, and told where it is not built."""

from pathlib import Path

from tadmor.views.page import api_docs


def test_the_page_loads_files_of_this_server_alone(site, tmp_path, monkeypatch):
    monkeypatch.setattr(api_docs, "BUNDLE", Path(__file__))
    page = site.get("/api/docs")
    assert 'src="/static/api/swagger-ui-bundle.js"' in page.text
    assert 'src="/assets/api-docs.js"' in page.text
    assert "http" not in page.text.replace("http-equiv", "")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert site.get("/assets/api-docs.js").status_code == 200


def test_where_it_is_not_built_it_says_how_it_is(site, tmp_path, monkeypatch):
    monkeypatch.setattr(api_docs, "BUNDLE", tmp_path / "none.js")
    page = site.get("/api/docs").text
    assert "make web" in page
    assert "<script" not in page


def test_every_address_tells_its_answers_and_problems(site):
    told = site.get("/openapi.json").json()
    schemas = told["components"]["schemas"]
    for path, methods in told["paths"].items():
        for one in methods.values():
            assert one["summary"]
            assert len(one["tags"]) == 1
            done = [answer for status, answer in one["responses"].items() if status.startswith("2")]
            assert done, path
            for answer in done:
                assert all(content["schema"] for content in answer["content"].values()), path
            problem = one["responses"]["422"]["content"]["application/problem+json"]["schema"]["$ref"]
            assert problem.rpartition("/")[2] in schemas
