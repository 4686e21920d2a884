"""An admin for rows that nobody changes by hand: releases, observations, the log."""

from django.contrib import admin


class ReadOnly(admin.ModelAdmin):
    """Shows rows to whoever may view them; its own pages may offer other ways to change them."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
