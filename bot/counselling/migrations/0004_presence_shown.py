from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("counselling", "0003_case_original_response")]

    operations = [
        migrations.AddField(
            model_name="presence",
            name="shown",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
    ]
