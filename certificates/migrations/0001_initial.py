import core.models.folded
import certificates.models.register
import core.clock
import core.storage
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('trainees', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegisterYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='année')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='dernier numéro')),
            ],
            options={
                'verbose_name': 'année du registre',
                'verbose_name_plural': 'années du registre',
            },
        ),
        migrations.CreateModel(
            name='CertificateTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True, verbose_name='version')),
                ('source', models.CharField(max_length=300, verbose_name='source, validé par')),
                ('certification_type', models.CharField(blank=True, choices=[('', 'non enregistrée'), ('RNCP', 'RNCP'), ('RS', 'répertoire spécifique')], default='', max_length=4, verbose_name='enregistrement')),
                ('certification_code', models.CharField(blank=True, max_length=20, verbose_name='code de certification')),
                ('signatory_name', models.CharField(max_length=120, verbose_name='signataire du certificat')),
                ('signatory_quality', models.CharField(max_length=160, verbose_name='qualité du signataire')),
                ('layout_version', models.CharField(default='2026-1', max_length=20, verbose_name='version de la maquette')),
                ('adopted_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='adoptée le')),
                ('adopted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='adoptée par')),
            ],
            options={
                'verbose_name': 'mentions des certificats',
                'verbose_name_plural': 'mentions des certificats',
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='Archive',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('files', 'les certificats (ZIP)'), ('labels', 'les étiquettes d’envoi (PDF)'), ('register', 'le registre (PDF)')], max_length=10, verbose_name='contenu')),
                ('batch_id', models.UUIDField(blank=True, null=True, verbose_name='délivrés ensemble')),
                ('batch_name', models.CharField(blank=True, max_length=120, verbose_name='ce qu’ils ont en commun')),
                ('region', models.CharField(blank=True, max_length=3, verbose_name='région')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='année')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='demandée par')),
                ('asked_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='demandée le')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='certificats')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='déjà rangés')),
                ('file', models.FileField(blank=True, storage=core.storage.private_storage, upload_to='archives/', verbose_name='fichier')),
                ('file_sha256', models.CharField(blank=True, max_length=64, verbose_name='empreinte')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='prête le')),
            ],
            options={
                'verbose_name': 'archive',
                'ordering': ['-asked_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('finished_at', None)), models.Q(('finished_at__isnull', False), models.Q(('file_sha256', ''), _negated=True)), _connector='OR'), name='archive_finished_with_file', violation_error_message='Une archive prête a son fichier.')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='trainees.enrollment', verbose_name='parcours')),
                ('batch_id', models.UUIDField(db_index=True, verbose_name='délivré avec')),
                ('year', models.PositiveSmallIntegerField(verbose_name='année')),
                ('sequence', models.PositiveIntegerField(verbose_name='rang dans l’année')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='numéro')),
                ('code', models.CharField(default=certificates.models.register.new_code, max_length=16, unique=True, verbose_name='code de vérification')),
                ('first_names', models.CharField(max_length=100, verbose_name='prénoms')),
                ('birth_name', models.CharField(max_length=60, verbose_name='nom de naissance')),
                ('usage_name', models.CharField(blank=True, max_length=60, verbose_name='nom d’usage')),
                ('folded', core.models.folded.FoldedField('usage_name or birth_name', 'first_names', 'birth_name', 'number', default='', editable=False, max_length=600)),
                ('sex', models.CharField(max_length=1, verbose_name='sexe')),
                ('birth_date', models.DateField(verbose_name='date de naissance')),
                ('birth_place', models.CharField(blank=True, max_length=80, verbose_name='lieu de naissance')),
                ('birth_country', models.CharField(max_length=60, verbose_name='pays de naissance')),
                ('title', models.CharField(max_length=200, verbose_name='intitulé')),
                ('certification_type', models.CharField(blank=True, max_length=4, verbose_name='enregistrement')),
                ('certification_code', models.CharField(blank=True, max_length=20, verbose_name='code de certification')),
                ('framework_version', models.CharField(max_length=20, verbose_name='version du référentiel')),
                ('support_name', models.CharField(max_length=80, verbose_name='support de production')),
                ('rome_codes', models.CharField(blank=True, max_length=60, verbose_name='codes ROME')),
                ('domains', models.JSONField(verbose_name='domaines')),
                ('structure_name', models.CharField(max_length=120, verbose_name='structure')),
                ('jury_date', models.DateField(verbose_name='date du jury')),
                ('jury_place', models.CharField(max_length=80, verbose_name='lieu du jury')),
                ('jury_region', models.CharField(blank=True, max_length=3, verbose_name='région du jury')),
                ('delivered_on', models.DateField(verbose_name='délivré le')),
                ('certifier_name', models.CharField(max_length=120, verbose_name='certificateur')),
                ('signatories', models.JSONField(verbose_name='signataires')),
                ('layout_version', models.CharField(max_length=20, verbose_name='version de la maquette')),
                ('is_demo', models.BooleanField(default=False, verbose_name='exemple sans valeur')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='inscrit au registre le')),
                ('state', models.CharField(choices=[('pending', 'en préparation'), ('issued', 'délivré'), ('revoked', 'révoqué'), ('replaced', 'remplacé')], default='pending', max_length=10, verbose_name='état')),
                ('file', models.FileField(blank=True, storage=core.storage.private_storage, upload_to='certificates/', verbose_name='PDF')),
                ('file_sha256', models.CharField(blank=True, max_length=64, verbose_name='empreinte du PDF')),
                ('issued_at', models.DateTimeField(blank=True, null=True, verbose_name='PDF prêt le')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='révoqué le')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='révoqué par')),
                ('revoked_reason', models.CharField(blank=True, max_length=500, verbose_name='motif de la révocation')),
                ('replaced_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='certificates.certificate', verbose_name='remplacé par')),
            ],
            options={
                'verbose_name': 'certificat',
                'ordering': ['-year', '-sequence'],
                'indexes': [models.Index(fields=['folded'], name='certificate_by_name'), models.Index(fields=['file_sha256'], name='certificate_by_fingerprint')],
                'constraints': [models.UniqueConstraint(fields=('year', 'sequence'), name='certificate_number_once', violation_error_message='Ce numéro du registre est déjà donné.'), models.UniqueConstraint(condition=models.Q(('state__in', ['pending', 'issued'])), fields=('enrollment',), name='certificate_one_valid', violation_error_message='Ce parcours a déjà son certificat.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'issued'), _negated=True), models.Q(models.Q(('file', ''), _negated=True), models.Q(('file_sha256', ''), _negated=True), ('issued_at__isnull', False)), _connector='OR'), name='certificate_issued_with_file', violation_error_message='Un certificat délivré a son fichier.'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False), ('state', 'revoked'), models.Q(('revoked_reason', ''), _negated=True)), models.Q(models.Q(('state', 'revoked'), _negated=True), ('revoked_at', None), ('revoked_by', None)), _connector='OR'), name='certificate_revoked_with_reason', violation_error_message='Une révocation porte sa date, son auteur et son motif.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'replaced'), _negated=True), ('replaced_by__isnull', False), _connector='OR'), name='certificate_replaced_by_one', violation_error_message='Un certificat remplacé dit par lequel.')],
            },
        ),
        migrations.CreateModel(
            name='CertificateLayout',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.SlugField(max_length=20, unique=True, verbose_name='version')),
                ('base', models.SlugField(default='2026-1', max_length=20, verbose_name='gabarit')),
                ('intro', models.CharField(max_length=200, verbose_name='phrase d’introduction')),
                ('domains_heading', models.CharField(max_length=80, verbose_name='titre des domaines')),
                ('closing', models.CharField(blank=True, max_length=200, verbose_name='mention en bas de page')),
                ('logo', models.FileField(blank=True, storage=core.storage.private_storage, upload_to='layouts/', verbose_name='logo')),
                ('signature', models.FileField(blank=True, storage=core.storage.private_storage, upload_to='layouts/', verbose_name='signature du certificateur')),
                ('state', models.CharField(choices=[('draft', 'brouillon'), ('published', 'publiée')], default='draft', max_length=10, verbose_name='état')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='créée le')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='publiée le')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='publiée par')),
            ],
            options={
                'verbose_name': 'maquette de certificat',
                'verbose_name_plural': 'maquettes de certificat',
                'ordering': ['-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('state', 'draft')), models.Q(('published_at__isnull', False), ('state', 'published')), _connector='OR'), name='layout_published_dated', violation_error_message='Une maquette publiée porte sa date.')],
            },
        ),
        migrations.CreateModel(
            name='RenderingPause',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=500, verbose_name='motif')),
                ('is_open', models.BooleanField(default=True, verbose_name='en cours')),
                ('paused_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='suspendu le')),
                ('paused_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='suspendu par')),
                ('resumed_at', models.DateTimeField(blank=True, null=True, verbose_name='repris le')),
                ('resumed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='repris par')),
            ],
            options={
                'verbose_name': 'suspension de la fabrication',
                'verbose_name_plural': 'suspensions de la fabrication',
                'ordering': ['-paused_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('is_open',), name='rendering_pause_one_open', violation_error_message='La fabrication est déjà suspendue.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='rendering_pause_reasoned', violation_error_message='Une suspension porte son motif.'), models.CheckConstraint(condition=models.Q(models.Q(('is_open', True), ('resumed_at', None), ('resumed_by', None)), models.Q(('is_open', False), ('resumed_at__isnull', False), ('resumed_by__isnull', False)), _connector='OR'), name='rendering_pause_resumed_by', violation_error_message='Une reprise porte sa date et son auteur.')],
            },
        ),
    ]
