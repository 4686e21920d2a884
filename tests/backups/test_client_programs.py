"""What the client programs of PostgreSQL are told: what was configured, nothing that an older one does not know."""

from types import SimpleNamespace

from backups import databases


def test_a_program_is_told_what_was_configured_and_the_password_by_its_environment(monkeypatch):
    known = {
        "host": "db",
        "port": "5432",
        "user": "yalu",
        "dbname": "yalu",
        "sslcertmode": "allow",
        "sslmode": "require",
    }
    info = SimpleNamespace(get_parameters=lambda: known, password="secret")
    stub = SimpleNamespace(
        ensure_connection=lambda: None,
        connection=SimpleNamespace(info=info),
        get_connection_params=lambda: {"dbname": "yalu", "password": "secret", "sslmode": "require", "context": None},
    )
    ran = []
    monkeypatch.setattr(databases, "connection", stub)
    monkeypatch.setattr(databases.programs, "run", lambda command, failure, **env: ran.append((command, env)))
    databases._on_postgresql(["pg_dump"], "It failed")
    told = "--dbname=host=db port=5432 user=yalu dbname=yalu sslmode=require"
    assert ran == [(["pg_dump", told], {"PGPASSWORD": "secret"})]
