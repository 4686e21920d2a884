"""Encrypts the secrets of second factors that were stored as they are."""

from django.db import migrations

from accounts import stored_secrets


def encrypt(apps, schema_editor):
    stored_secrets.write_anew(apps.get_model("mfa", "Authenticator").objects.all())


def decrypt(apps, schema_editor):
    stored_secrets.write_anew(apps.get_model("mfa", "Authenticator").objects.all(), change=str)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_totals"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(encrypt, decrypt)]
