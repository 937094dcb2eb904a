from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("counselling", "0002_desk_clocks_and_referrals")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="original_response_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="original_response_due_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
