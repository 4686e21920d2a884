"""The address of previews that need no account. It stands before that of previews of figures: "draft" is no token."""

from django.urls import path

from drafts import shared_preview

urlpatterns = [path("preview/draft/<str:token>/", shared_preview.page, name="draft_preview")]
