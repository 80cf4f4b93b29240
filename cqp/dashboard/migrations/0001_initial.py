import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.PositiveIntegerField(default=4000, verbose_name='objectif')),
                ('starts_on', models.DateField(verbose_name='depuis le')),
                ('ends_on', models.DateField(verbose_name='jusqu’au')),
                ('source', models.CharField(max_length=300, verbose_name='source, validé par')),
                ('set_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='fixé le')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fixé par')),
            ],
            options={
                'verbose_name': 'objectif',
                'ordering': ['-set_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='objective_in_order', violation_error_message='L’objectif doit finir après avoir commencé.'), models.CheckConstraint(condition=models.Q(('target__gt', 0)), name='objective_positive', violation_error_message='L’objectif est un nombre de personnes, plus grand que zéro.')],
            },
        ),
    ]
