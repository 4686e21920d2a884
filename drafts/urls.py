"""The address of previews that need no account. It stands before that of previews of figures: "draft" is no token."""

from django.urls import path

from drafts import preview_link

urlpatterns = [path("preview/draft/<str:token>/", preview_link.page, name="draft_preview")]
