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
        ('structures', '0001_initial'),
        ('trainees', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dossier',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='trainees.enrollment', verbose_name='parcours')),
                ('attempt', models.PositiveSmallIntegerField(default=1, verbose_name='présentation')),
                ('state', models.CharField(choices=[('sealed', 'scellé, à examiner'), ('accepted', 'accepté'), ('returned', 'renvoyé à compléter')], default='sealed', max_length=10, verbose_name='état')),
                ('snapshot', models.JSONField(verbose_name='contenu scellé')),
                ('snapshot_sha256', models.CharField(max_length=64, verbose_name='empreinte du contenu')),
                ('sealed_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='scellé le')),
                ('sealed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='scellé par')),
                ('file', models.FileField(blank=True, storage=core.storage.private_storage, upload_to='dossiers/', verbose_name='PDF')),
                ('file_sha256', models.CharField(blank=True, max_length=64, verbose_name='empreinte du PDF')),
                ('examined_at', models.DateTimeField(blank=True, null=True, verbose_name='examiné le')),
                ('examined_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='examiné par')),
            ],
            options={
                'verbose_name': 'dossier preuve',
                'verbose_name_plural': 'dossiers preuve',
                'ordering': ['-sealed_at'],
                'constraints': [models.UniqueConstraint(fields=('enrollment', 'attempt'), name='dossier_attempt_once', violation_error_message='Ce dossier est déjà scellé.'), models.UniqueConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), ('examined_at', None)), fields=('enrollment',), name='dossier_one_under_review', violation_error_message='Un dossier de ce parcours attend déjà d’être examiné.'), models.CheckConstraint(condition=models.Q(models.Q(('examined_at', None), ('examined_by', None), ('state', 'sealed')), models.Q(models.Q(('state', 'sealed'), _negated=True), ('examined_at__isnull', False), ('examined_by__isnull', False)), _connector='OR'), name='dossier_examined_by_someone', violation_error_message='Un dossier examiné porte sa date et son auteur.')],
            },
        ),
        migrations.CreateModel(
            name='DossierSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='trainees.enrollment', verbose_name='parcours')),
                ('attempt', models.PositiveSmallIntegerField(default=1, verbose_name='présentation')),
                ('role', models.CharField(choices=[('trainee', 'salarié'), ('trainer', 'encadrement'), ('director', 'direction')], max_length=10, verbose_name='au titre de')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recueillie par')),
                ('signatory', models.CharField(max_length=200, verbose_name='signataire')),
                ('in_presence', models.BooleanField(default=False, verbose_name='signée en présence de l’encadrant')),
                ('signed_sha256', models.CharField(max_length=64, verbose_name='empreinte de ce qui est signé')),
                ('signed_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='signée le')),
            ],
            options={
                'verbose_name': 'signature du dossier',
                'verbose_name_plural': 'signatures du dossier',
                'ordering': ['signed_at'],
                'constraints': [models.UniqueConstraint(fields=('enrollment', 'attempt', 'role'), name='dossier_signature_once', violation_error_message='Cette signature est déjà donnée.')],
            },
        ),
        migrations.CreateModel(
            name='EvaluationTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evaluation_tallies', to='structures.structure', verbose_name='structure')),
                ('day', models.DateField(db_index=True, verbose_name='jour')),
                ('count', models.IntegerField(verbose_name='nombre')),
            ],
            options={
                'verbose_name': 'compte du jour',
                'verbose_name_plural': 'comptes du jour',
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='ExperienceSheet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='trainees.enrollment', verbose_name='parcours')),
                ('title', models.CharField(max_length=120, verbose_name='titre')),
                ('done_on', models.DateField(verbose_name='quand')),
                ('what', models.TextField(max_length=3000, verbose_name='ce que j’ai fait')),
                ('where', models.CharField(max_length=200, verbose_name='où')),
                ('tools', models.CharField(blank=True, max_length=300, verbose_name='avec quoi')),
                ('people', models.CharField(blank=True, max_length=300, verbose_name='avec qui')),
                ('learnt', models.TextField(blank=True, max_length=3000, verbose_name='ce que j’ai appris')),
                ('state', models.CharField(choices=[('draft', 'brouillon'), ('submitted', 'à valider'), ('validated', 'validée')], default='draft', max_length=10, verbose_name='état')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='écrite par')),
                ('written_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='écrite le')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='proposée le')),
                ('return_reason', models.CharField(blank=True, max_length=500, verbose_name='mot de retour')),
                ('validated_at', models.DateTimeField(blank=True, null=True, verbose_name='validée le')),
                ('validated_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='validée par')),
            ],
            options={
                'verbose_name': 'fiche d’expérience',
                'verbose_name_plural': 'fiches d’expérience',
                'ordering': ['-done_on', 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'validated'), ('validated_at__isnull', False), ('validated_by__isnull', False)), models.Q(models.Q(('state', 'validated'), _negated=True), ('validated_at', None), ('validated_by', None)), _connector='OR'), name='sheet_validated_by_someone', violation_error_message='Une fiche validée porte sa date et son auteur.')],
            },
        ),
        migrations.CreateModel(
            name='Framework',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.CharField(max_length=20, unique=True, verbose_name='version')),
                ('title', models.CharField(max_length=160, verbose_name='titre')),
                ('certificate_title', models.CharField(max_length=200, verbose_name='intitulé du certificat')),
                ('notice', models.CharField(blank=True, max_length=200, verbose_name='avertissement')),
                ('source', models.TextField(blank=True, verbose_name='source, validé par')),
                ('threshold', models.PositiveSmallIntegerField(default=3, verbose_name='niveau à atteindre')),
                ('experience_sheets_required', models.PositiveSmallIntegerField(default=3, verbose_name='fiches d’expérience demandées')),
                ('immersion_required', models.BooleanField(default=True, verbose_name='immersion obligatoire')),
                ('state', models.CharField(choices=[('draft', 'brouillon'), ('published', 'publié'), ('retired', 'retiré')], default='draft', max_length=10, verbose_name='état')),
                ('created_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='créé le')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='publié le')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='publié par')),
                ('retired_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
            ],
            options={
                'verbose_name': 'référentiel',
                'ordering': ['-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('published_by', None), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='framework_published_by_someone', violation_error_message='Une version publiée porte sa date et son auteur.'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('state',), name='framework_one_published', violation_error_message='Une seule version est publiée à la fois.'), models.CheckConstraint(condition=models.Q(('threshold__gte', 1)), name='framework_threshold_positive', violation_error_message='Le niveau à atteindre est au moins 1.')],
            },
        ),
        migrations.CreateModel(
            name='JudgementLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='evaluations.framework', verbose_name='référentiel')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('name', models.CharField(max_length=60, verbose_name='nom')),
            ],
            options={
                'verbose_name': 'niveau d’appréciation',
                'verbose_name_plural': 'niveaux d’appréciation',
                'ordering': ['rank'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'rank'), name='judgement_once', violation_error_message='Ce rang existe déjà dans l’échelle du jury.')],
            },
        ),
        migrations.CreateModel(
            name='MasteryLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='evaluations.framework', verbose_name='référentiel')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('name', models.CharField(max_length=60, verbose_name='nom')),
                ('short', models.CharField(max_length=30, verbose_name='mot court')),
                ('description', models.CharField(blank=True, max_length=300, verbose_name='ce qu’on observe')),
                ('first_person', models.CharField(blank=True, max_length=200, verbose_name='dit par le salarié')),
            ],
            options={
                'verbose_name': 'niveau de maîtrise',
                'verbose_name_plural': 'niveaux de maîtrise',
                'ordering': ['rank'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'rank'), name='level_once', violation_error_message='Ce rang existe déjà dans l’échelle.')],
            },
        ),
        migrations.CreateModel(
            name='Module',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='modules', to='evaluations.framework', verbose_name='référentiel')),
                ('code', models.CharField(max_length=4, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('family', models.CharField(choices=[('key', 'compétences clés'), ('professional', 'compétences professionnelles')], max_length=12, verbose_name='livret')),
            ],
            options={
                'verbose_name': 'module',
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'code'), name='module_once', violation_error_message='Ce code de module existe déjà.')],
            },
        ),
        migrations.CreateModel(
            name='PieceReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='evaluations.dossier', verbose_name='dossier')),
                ('piece', models.CharField(choices=[('identity', 'Identité'), ('hours', 'Heures de formation'), ('competencies', 'Compétences évaluées'), ('sheets', 'Fiches d’expérience'), ('immersion', 'Immersion en entreprise'), ('signatures', 'Signatures')], max_length=14, verbose_name='pièce')),
                ('accepted', models.BooleanField(verbose_name='acceptée')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='mot du certificateur')),
            ],
            options={
                'verbose_name': 'avis sur une pièce',
                'verbose_name_plural': 'avis sur les pièces',
                'ordering': ['piece'],
                'constraints': [models.UniqueConstraint(fields=('dossier', 'piece'), name='piece_review_once', violation_error_message='Cette pièce a déjà son avis.'), models.CheckConstraint(condition=models.Q(('accepted', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='piece_refusal_explained', violation_error_message='Dites ce qui manque à la pièce renvoyée.')],
            },
        ),
        migrations.CreateModel(
            name='SheetPhoto',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='evaluations.experiencesheet', verbose_name='fiche')),
                ('image', models.FileField(storage=core.storage.private_storage, upload_to='photos/', verbose_name='image')),
                ('caption', models.CharField(blank=True, max_length=160, verbose_name='légende')),
                ('added_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='ajoutée le')),
            ],
            options={
                'verbose_name': 'photo',
                'ordering': ['added_at'],
            },
        ),
        migrations.CreateModel(
            name='Domain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='evaluations.framework', verbose_name='référentiel')),
                ('module', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='evaluations.module', verbose_name='module')),
                ('number', models.PositiveSmallIntegerField(verbose_name='numéro')),
                ('name', models.CharField(max_length=160, verbose_name='nom')),
                ('plain', models.CharField(blank=True, max_length=160, verbose_name='en mots simples')),
                ('icon', models.CharField(blank=True, max_length=40, verbose_name='pictogramme')),
            ],
            options={
                'verbose_name': 'domaine',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'number'), name='domain_once', violation_error_message='Ce numéro de domaine existe déjà.')],
            },
        ),
        migrations.CreateModel(
            name='Competency',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('domain', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competencies', to='evaluations.domain', verbose_name='domaine')),
                ('support', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='competencies', to='structures.productionsupport', verbose_name='support de production')),
                ('code', models.CharField(max_length=12, verbose_name='code')),
                ('label', models.CharField(max_length=200, verbose_name='compétence')),
                ('plain', models.CharField(blank=True, max_length=120, verbose_name='en mots simples')),
                ('indicators', models.JSONField(blank=True, default=list, verbose_name='signes observables')),
            ],
            options={
                'verbose_name': 'compétence',
                'ordering': ['domain__number', 'code'],
                'constraints': [models.UniqueConstraint(fields=('domain', 'code'), name='competency_once', violation_error_message='Ce code de compétence existe déjà dans le domaine.')],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='trainees.enrollment', verbose_name='parcours')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='structures.structure', verbose_name='vue dans la structure')),
                ('competency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='evaluations.competency', verbose_name='compétence')),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.masterylevel', verbose_name='niveau')),
                ('own_level', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.masterylevel', verbose_name='niveau selon le salarié')),
                ('seen_on', models.DateField(verbose_name='vu le')),
                ('situation', models.CharField(max_length=160, verbose_name='situation')),
                ('comment', models.TextField(blank=True, max_length=1000, verbose_name='commentaire')),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('recorded_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='enregistrée le')),
            ],
            options={
                'verbose_name': 'évaluation',
                'ordering': ['-seen_on', '-recorded_at'],
                'indexes': [models.Index(fields=['enrollment', 'competency', '-seen_on'], name='evaluation_history'), models.Index(fields=['evaluator', 'enrollment'], name='evaluation_evaluator')],
                'constraints': [models.CheckConstraint(condition=models.Q(('situation', ''), _negated=True), name='evaluation_situated', violation_error_message='Dites dans quelle situation la compétence a été vue.')],
            },
        ),
        migrations.CreateModel(
            name='CurrentLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='current_levels', to='trainees.enrollment', verbose_name='parcours')),
                ('competency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.competency', verbose_name='compétence')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='rang')),
                ('seen_on', models.DateField(verbose_name='vu le')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.evaluation', verbose_name='évaluation')),
                ('observations', models.PositiveIntegerField(default=1, verbose_name='observations')),
            ],
            options={
                'verbose_name': 'niveau actuel',
                'verbose_name_plural': 'niveaux actuels',
                'ordering': ['enrollment', 'competency'],
                'constraints': [models.UniqueConstraint(fields=('enrollment', 'competency'), name='current_level_once', violation_error_message='Un seul niveau actuel par compétence.')],
            },
        ),
        migrations.CreateModel(
            name='EvaluationVoid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evaluation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='void', to='evaluations.evaluation', verbose_name='évaluation')),
                ('reason', models.CharField(max_length=500, verbose_name='motif')),
                ('voided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='annulée par')),
                ('voided_at', models.DateTimeField(default=core.clock.now, editable=False, verbose_name='annulée le')),
                ('replacement', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='evaluations.evaluation', verbose_name='remplacée par')),
            ],
            options={
                'verbose_name': 'annulation d’évaluation',
                'verbose_name_plural': 'annulations d’évaluation',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='evaluation_void_reasoned', violation_error_message='Une annulation porte son motif.')],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='evaluations.framework', verbose_name='référentiel')),
                ('support', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='structures.productionsupport', verbose_name='support')),
                ('name', models.CharField(max_length=120, verbose_name='activité')),
                ('icon', models.CharField(blank=True, max_length=40, verbose_name='pictogramme')),
                ('competencies', models.ManyToManyField(related_name='activities', to='evaluations.competency', verbose_name='compétences')),
            ],
            options={
                'verbose_name': 'activité',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'support', 'name'), name='activity_once', violation_error_message='Cette activité existe déjà pour ce support.')],
            },
        ),
        migrations.CreateModel(
            name='GridCriterion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='evaluations.framework', verbose_name='référentiel')),
                ('test', models.CharField(choices=[('production', 'épreuve en situation de production'), ('interview', 'entretien individuel')], max_length=12, verbose_name='épreuve')),
                ('domain', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='evaluations.domain', verbose_name='domaine')),
                ('code', models.CharField(max_length=8, verbose_name='code')),
                ('label', models.CharField(max_length=200, verbose_name='critère')),
                ('indicators', models.JSONField(blank=True, default=list, verbose_name='signes observables')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordre')),
            ],
            options={
                'verbose_name': 'critère',
                'verbose_name_plural': 'critères',
                'ordering': ['test', 'order', 'code'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'code'), name='criterion_once', violation_error_message='Ce code de critère existe déjà.')],
            },
        ),
        migrations.CreateModel(
            name='SheetCompetency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='evaluations.experiencesheet', verbose_name='fiche')),
                ('competency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.competency', verbose_name='compétence')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='niveau')),
            ],
            options={
                'verbose_name': 'compétence d’une fiche',
                'verbose_name_plural': 'compétences d’une fiche',
                'ordering': ['competency__code'],
                'constraints': [models.UniqueConstraint(fields=('sheet', 'competency'), name='sheet_competency_once', violation_error_message='Cette compétence est déjà sur la fiche.')],
            },
        ),
    ]
