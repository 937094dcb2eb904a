import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0003_staff_channel")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="messaging.conversation",
                    ),
                ),
                ("masked_by", models.CharField(max_length=12)),
                ("read_until", models.DateTimeField()),
                ("messages", models.JSONField(default=list)),
                ("marked", models.TextField(blank=True)),
                ("plain", models.TextField(blank=True)),
                ("own_marked", models.TextField(blank=True)),
                ("own_plain", models.TextField(blank=True)),
            ],
            options={"default_permissions": ()},
        ),
    ]
