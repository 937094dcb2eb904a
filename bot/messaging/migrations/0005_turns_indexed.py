from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0004_search_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="inboundmessage",
            index=models.Index(fields=["conversation", "received_at"], name="inbound_by_time"),
        ),
        migrations.AddIndex(
            model_name="outboundmessage",
            index=models.Index(
                condition=models.Q(
                    ("author", "counsellor"), ("staff__isnull", False), _connector="OR"
                ),
                fields=["conversation", "id"],
                name="outbound_spoken",
            ),
        ),
    ]
