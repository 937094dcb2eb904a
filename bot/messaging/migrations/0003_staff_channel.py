from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0002_inbound_was_asked")]

    operations = [
        migrations.AlterField(
            model_name="conversation",
            name="channel",
            field=models.CharField(
                choices=[
                    ("telegram", "Telegram"),
                    ("webchat", "trò chuyện trên web"),
                    ("terminal", "dòng lệnh"),
                    ("staff", "tư vấn viên trên Telegram"),
                ],
                max_length=10,
                verbose_name="kênh",
            ),
        ),
    ]
