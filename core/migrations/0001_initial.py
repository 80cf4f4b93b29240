import core.models.folded
import core.clock
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sequence', models.PositiveBigIntegerField(editable=False, unique=True, verbose_name='rang')),
                ('at', models.DateTimeField(db_index=True, default=core.clock.now, editable=False, verbose_name='moment')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='auteur')),
                ('actor_name', models.CharField(max_length=200, verbose_name='nom de l’auteur')),
                ('action', models.CharField(db_index=True, max_length=60, verbose_name='acte')),
                ('subject_type', models.CharField(max_length=60, verbose_name='type d’objet')),
                ('subject_id', models.CharField(db_index=True, max_length=40, verbose_name='objet')),
                ('topic_id', models.UUIDField(db_index=True, null=True, verbose_name='sujet')),
                ('summary', models.CharField(max_length=300, verbose_name='phrase')),
                ('reason', models.TextField(blank=True, verbose_name='motif')),
                ('data', models.JSONField(default=dict, verbose_name='détail')),
                ('folded_actor', core.models.folded.FoldedField('actor_name', default='', editable=False, max_length=600)),
                ('folded_words', core.models.folded.FoldedField('summary', 'reason', default='', editable=False, max_length=None)),
                ('previous_hash', models.CharField(max_length=64, verbose_name='empreinte précédente')),
                ('hash', models.CharField(max_length=64, unique=True, verbose_name='empreinte')),
            ],
            options={
                'verbose_name': 'ligne du journal',
                'verbose_name_plural': 'journal',
                'ordering': ['-sequence'],
            },
        ),
        migrations.CreateModel(
            name='JournalHead',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('sequence', models.PositiveBigIntegerField(default=0, verbose_name='dernier rang')),
                ('hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64, verbose_name='dernière empreinte')),
            ],
            options={
                'verbose_name': 'bout du journal',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='journal_head_single', violation_error_message='Le journal n’a qu’un bout.')],
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('task', models.CharField(max_length=80, verbose_name='tâche')),
                ('subject_id', models.UUIDField(db_index=True, verbose_name='objet')),
                ('state', models.CharField(choices=[('pending', 'en attente'), ('running', 'en cours'), ('done', 'terminé'), ('set_aside', 'mis de côté')], default='pending', max_length=10, verbose_name='état')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='demandée le')),
                ('due_at', models.DateTimeField(default=core.clock.now, verbose_name='à faire à partir de')),
                ('lease_until', models.DateTimeField(blank=True, null=True, verbose_name='réservée jusqu’à')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='faite le')),
                ('error', models.TextField(blank=True, verbose_name='dernière erreur')),
            ],
            options={
                'verbose_name': 'travail de fond',
                'verbose_name_plural': 'travaux de fond',
                'ordering': ['created_at'],
                'indexes': [models.Index(fields=['state', 'due_at'], name='work_due')],
                'constraints': [models.UniqueConstraint(fields=('task', 'subject_id'), name='work_once', violation_error_message='Ce travail est déjà demandé.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('done_at__isnull', False), _connector='OR'), name='work_done_dated', violation_error_message='Un travail terminé porte sa date.')],
            },
        ),
    ]
