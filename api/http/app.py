"""The application that answers over HTTP."""

from fastapi import FastAPI

from api.wiring import Service


def create_app(service: Service) -> FastAPI:
    """Return the application of a service."""
    app = FastAPI(title="buddyplan")

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """Tell that the process answers."""
        return {"status": "ok"}

    return app
