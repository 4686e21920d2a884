import pytest
from django.core.exceptions import ImproperlyConfigured

from web.object_storage import bucket_address


def test_an_address_names_the_bucket_the_folder_in_it_and_the_server():
    made = bucket_address.storage("s3://yalu/live/?endpoint_url=https://s3.example.org&region=eu-1", "bundles")
    assert made["BACKEND"] == "web.object_storage.bucket.Bucket"
    assert made["OPTIONS"] == {
        "bucket_name": "yalu",
        "location": "live/bundles",
        "endpoint_url": "https://s3.example.org",
        "region_name": "eu-1",
        "addressing_style": "path",
    }


def test_amazon_itself_is_asked_where_no_server_is_named():
    assert bucket_address.storage("s3://yalu", "uploads")["OPTIONS"] == {"bucket_name": "yalu", "location": "uploads"}


@pytest.mark.parametrize(
    "url",
    [
        "https://yalu.example.org",
        "s3://",
        "s3:yalu",
        "/srv/yalu",
        "s3://key:secret@yalu/live",
        "s3://yalu?endpoint=https://s3.example.org",
        "s3://yalu?secret_key=secret",
    ],
)
def test_any_other_address_is_refused_in_words_that_do_not_repeat_it(url):
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL is not the address of a bucket") as refused:
        bucket_address.storage(url, "bundles")
    assert "secret" not in str(refused.value) and "AWS_SECRET_ACCESS_KEY" in str(refused.value)
