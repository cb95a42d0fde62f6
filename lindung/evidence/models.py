"""Papers that people send us, sealed."""

from django.db import models


class Paper(models.Model):
    """One paper as it is kept: looked at, stripped and encrypted. Whose it is knows the room that asked for it."""

    class Format(models.TextChoices):
        PDF = "pdf"
        JPEG = "jpeg"
        PNG = "png"

    id = models.BigAutoField(primary_key=True)
    format = models.CharField(max_length=4, choices=Format)
    size_bytes = models.IntegerField(help_text="of what is kept, before it is encrypted")
    sha256 = models.BinaryField(max_length=32, help_text="of the bytes as they were sent")
    content_encrypted = models.BinaryField()
    sent_by_kind = models.CharField(max_length=8)
    sent_by_id = models.BigIntegerField()
    sent_at = models.DateTimeField()
