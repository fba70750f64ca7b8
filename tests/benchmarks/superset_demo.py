"""Apache Superset on a warehouse: database, dataset, chart and dashboard through its API, and a screenshot.

Superset lives in an environment of its own (its pins are in README.md, section BI):

    python -m venv superset-env
    superset-env/bin/pip install apache-superset==6.1.0 flask-caching==2.3.1 cachelib==0.13.0 rich \
        cachetools duckdb-engine==0.17.0 duckdb==2.0.0
    python tests/benchmarks/superset_demo.py --warehouse warehouse/data --superset superset-env \
        --screenshot superset.png
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

USER = {"username": "desk", "password": secrets.token_urlsafe(12)}
CONFIG = """
SECRET_KEY = {secret!r}
SQLALCHEMY_DATABASE_URI = "sqlite:///{home}/superset.db"
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
LANGUAGES = {{"zh": {{"flag": "cn", "name": "Chinese"}}, "en": {{"flag": "us", "name": "English"}}}}
"""
DATASET = """
SELECT d.deal_id, d.title, d.stage, d.deal_type, d.investment_cny,
       string_agg(coalesce(e.name, p.surface_text), '、' ORDER BY p.ordinal) AS parties
FROM deals d
LEFT JOIN deal_parties p USING (deal_id)
LEFT JOIN entities e ON e.entity_id = p.entity_id
WHERE d.same_as_deal_id IS NULL
GROUP BY ALL
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--warehouse", type=Path, required=True)
    parser.add_argument("--superset", type=Path, required=True, help="its virtual environment")
    parser.add_argument("--screenshot", type=Path, default=Path("superset.png"))
    parser.add_argument("--port", type=int, default=8088)
    arguments = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="superset-"))
    config = home / "superset_config.py"
    config.write_text(CONFIG.format(secret=secrets.token_urlsafe(32), home=home), encoding="utf-8")
    environment = {
        **os.environ,
        "SUPERSET_CONFIG_PATH": str(config),
        "SUPERSET_HOME": str(home),
        "FLASK_APP": "superset.app:create_app()",
    }
    superset = str((arguments.superset / "bin" / "superset").absolute())

    def run(*words: str) -> None:
        subprocess.run([superset, *words], env=environment, check=True, capture_output=True)

    started = time.monotonic()
    run("db", "upgrade")
    run("fab", "create-admin", "--username", USER["username"], "--password", USER["password"],
        "--firstname", "desk", "--lastname", "desk", "--email", "desk@example.org")  # fmt: skip
    run("init")
    print(f"set up in {time.monotonic() - started:.0f} s")
    log = (home / "server.log").open("wb")
    server = subprocess.Popen(
        [superset, "run", "-p", str(arguments.port)], env=environment, stdout=log, stderr=log
    )
    try:
        address = f"http://127.0.0.1:{arguments.port}"
        wait_for(address)
        dashboard = build(address, arguments.warehouse.resolve())
        photograph(address, dashboard, arguments.screenshot)
        print(f"{address}/superset/dashboard/{dashboard}/ -> {arguments.screenshot}, "
              f"{time.monotonic() - started:.0f} s in all")  # fmt: skip
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()
        shutil.rmtree(home, ignore_errors=True)


def wait_for(address: str, seconds: int = 180) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if httpx.get(f"{address}/health", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(1)
    raise TimeoutError(f"Superset did not answer on {address} within {seconds} s")


def build(address: str, warehouse: Path) -> int:
    """Database, dataset, two charts and a dashboard; returns the dashboard's id."""
    with httpx.Client(base_url=f"{address}/api/v1", timeout=60) as client:
        token = client.post("/security/login", json={**USER, "provider": "db", "refresh": False}).json()
        client.headers["Authorization"] = f"Bearer {token['access_token']}"

        def create(kind: str, **fields: Any) -> int:
            answer = client.post(f"/{kind}/", json=fields)
            if answer.is_error:
                raise RuntimeError(f"{kind}: {answer.status_code} {answer.text}")
            identifier: int = answer.json()["id"]
            return identifier

        database = create(
            "database",
            database_name="baocang",
            sqlalchemy_uri=f"duckdb:///{warehouse}/views.duckdb",
            extra=json.dumps({"engine_params": {"connect_args": {"read_only": True}}}),
        )
        dataset = create("dataset", database=database, table_name="deals_with_parties", sql=DATASET)
        count = {"expressionType": "SQL", "sqlExpression": "count(*)", "label": "项目数"}
        stages = {"viz_type": "pie", "groupby": ["stage"], "metric": count, "row_limit": 20}
        listed = {
            "viz_type": "table",
            "query_mode": "raw",
            "all_columns": ["title", "stage", "parties", "investment_cny"],
            "row_limit": 50,
        }
        dashboard = create("dashboard", dashboard_title="报仓：合作项目", published=True)
        charts = [
            create(
                "chart",
                slice_name=name,
                viz_type=params["viz_type"],
                datasource_id=dataset,
                datasource_type="table",
                dashboards=[dashboard],
                params=json.dumps({**params, "datasource": f"{dataset}__table"}),
            )
            for name, params in (("阶段", stages), ("项目", listed))
        ]
        client.put(
            f"/dashboard/{dashboard}", json={"position_json": json.dumps(layout(charts))}
        ).raise_for_status()
        return dashboard


def layout(charts: list[int]) -> dict[str, Any]:
    boxes = {
        f"CHART-{chart}": {
            "type": "CHART",
            "id": f"CHART-{chart}",
            "children": [],
            "parents": ["ROOT_ID", "GRID_ID", "ROW-1"],
            "meta": {"chartId": chart, "width": width, "height": 60},
        }
        for chart, width in zip(charts, (4, 8), strict=True)
    }
    row = {"type": "ROW", "id": "ROW-1", "children": list(boxes), "parents": ["ROOT_ID", "GRID_ID"],
           "meta": {"background": "BACKGROUND_TRANSPARENT"}}  # fmt: skip
    return {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": ["ROW-1"], "parents": ["ROOT_ID"]},
        "ROW-1": row,
        **boxes,
    }


def photograph(address: str, dashboard: int, target: Path) -> None:
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(f"{address}/login/", wait_until="networkidle")
        page.fill("input[name=username], #username", USER["username"])
        page.fill("input[name=password], #password", USER["password"])
        page.keyboard.press("Enter")
        page.wait_for_url("**/welcome/**", timeout=60_000)
        page.goto(f"{address}/superset/dashboard/{dashboard}/")
        page.wait_for_selector("canvas, table", timeout=60_000)
        page.wait_for_timeout(5_000)
        page.screenshot(path=str(target))
        browser.close()


if __name__ == "__main__":
    main()
