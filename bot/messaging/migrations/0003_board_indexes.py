"""Since when a parent waits is looked up for every case of the queue: by index, not by sorting chats."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("messaging", "0002_inbound_was_asked")]

    operations = [
        migrations.AddIndex(
            model_name="inboundmessage",
            index=models.Index(fields=["conversation", "received_at"], name="inbound_of_chat"),
        ),
        migrations.AddIndex(
            model_name="outboundmessage",
            index=models.Index(
                condition=models.Q(("author", "counsellor")),
                fields=["conversation", "created_at"],
                name="outbound_of_counsellor",
            ),
        ),
    ]
