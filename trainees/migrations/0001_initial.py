import accounts.clock
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('structures', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExitReason',
            fields=[
                ('code', models.SlugField(primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='libellé')),
                ('positive', models.BooleanField(default=False, verbose_name='sortie positive')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordre')),
            ],
            options={
                'verbose_name': 'motif de sortie',
                'verbose_name_plural': 'motifs de sortie',
                'ordering': ['order', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Trainee',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('birth_name', models.CharField(max_length=60, verbose_name='nom de naissance')),
                ('usage_name', models.CharField(blank=True, max_length=60, verbose_name='nom d’usage')),
                ('first_names', models.CharField(max_length=100, verbose_name='prénoms')),
                ('sex', models.CharField(choices=[('F', 'femme'), ('M', 'homme')], max_length=1, verbose_name='sexe')),
                ('birth_date', models.DateField(verbose_name='date de naissance')),
                ('birth_place', models.CharField(blank=True, max_length=80, verbose_name='commune de naissance')),
                ('birth_insee', models.CharField(blank=True, max_length=5, verbose_name='code INSEE de naissance')),
                ('birth_country', models.CharField(default='France', max_length=60, verbose_name='pays de naissance')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse e-mail')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone')),
                ('created_at', models.DateTimeField(default=accounts.clock.now, editable=False, verbose_name='créée le')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='trainee', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
            ],
            options={
                'verbose_name': 'salarié polyvalent',
                'verbose_name_plural': 'salariés polyvalents',
                'ordering': ['birth_name', 'first_names'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Upper('birth_name'), django.db.models.functions.text.Upper('first_names'), models.F('birth_date'), django.db.models.functions.text.Upper('birth_place'), name='trainee_once', violation_error_message='Cette personne est déjà connue : même nom, mêmes prénoms, même naissance.'), models.CheckConstraint(condition=models.Q(('sex__in', ['F', 'M'])), name='trainee_sex_known', violation_error_message='Le sexe est F ou M, comme à l’état civil.'), models.CheckConstraint(condition=models.Q(('birth_insee', ''), ('birth_insee__regex', '^[0-9][0-9AB][0-9]{3}$'), _connector='OR'), name='trainee_insee_shape', violation_error_message='Un code INSEE compte 5 caractères : 34301, 2A004, 99352.'), models.CheckConstraint(condition=models.Q(models.Q(('birth_name', ''), _negated=True), models.Q(('first_names', ''), _negated=True)), name='trainee_named', violation_error_message='Le nom de naissance et les prénoms sont nécessaires au certificat.')],
            },
        ),
        migrations.CreateModel(
            name='Enrollment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('contract_start', models.DateField(verbose_name='début du contrat')),
                ('contract_end', models.DateField(verbose_name='fin du contrat')),
                ('weekly_hours', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='heures par semaine')),
                ('framework_version', models.CharField(editable=False, max_length=20, verbose_name='version du référentiel')),
                ('enrolled_on', models.DateField(default=accounts.clock.today, verbose_name='inscrit le')),
                ('state', models.CharField(choices=[('active', 'en parcours'), ('suspended', 'en pause'), ('left', 'sorti du parcours'), ('completed', 'parcours terminé')], default='active', max_length=10, verbose_name='état')),
                ('step', models.CharField(choices=[('enrolled', 'Inscription'), ('training', 'Formation'), ('dossier', 'Dossier'), ('jury', 'Jury'), ('certificate', 'Certificat')], default='enrolled', max_length=12, verbose_name='étape')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='sorti le')),
                ('completed_on', models.DateField(blank=True, null=True, verbose_name='terminé le')),
                ('done_production_minutes', models.PositiveIntegerField(default=0, verbose_name='minutes en production')),
                ('done_classroom_minutes', models.PositiveIntegerField(default=0, verbose_name='minutes en salle')),
                ('done_immersion_minutes', models.PositiveIntegerField(default=0, verbose_name='minutes en immersion')),
                ('referent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referred_enrollments', to=settings.AUTH_USER_MODEL, verbose_name='référent')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrollments', to='structures.structure', verbose_name='structure')),
                ('support', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrollments', to='structures.productionsupport', verbose_name='support de production')),
                ('exit_reason', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='trainees.exitreason', verbose_name='motif de sortie')),
                ('trainee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrollments', to='trainees.trainee', verbose_name='salarié')),
            ],
            options={
                'verbose_name': 'parcours',
                'verbose_name_plural': 'parcours',
                'ordering': ['trainee__birth_name', 'trainee__first_names'],
                'indexes': [models.Index(fields=['structure', 'state'], name='enrollment_structure_state'), models.Index(fields=['enrolled_on'], name='enrollment_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('active', 'suspended'))), fields=('trainee',), name='enrollment_one_open', violation_error_message='Cette personne a déjà un parcours en cours.'), models.CheckConstraint(condition=models.Q(('contract_end__gt', models.F('contract_start'))), name='enrollment_contract_in_order', violation_error_message='Le contrat doit finir après avoir commencé.'), models.CheckConstraint(condition=models.Q(('weekly_hours__gt', 0), ('weekly_hours__lte', 35)), name='enrollment_weekly_hours', violation_error_message='Un contrat compte plus de 0 et au plus 35 heures par semaine.'), models.CheckConstraint(condition=models.Q(('done_production_minutes__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(23940), '-', models.F('done_classroom_minutes')), '-', models.F('done_immersion_minutes')))), name='enrollment_at_most_399_hours', violation_error_message='Un parcours ne peut pas dépasser 399 heures de formation.'), models.CheckConstraint(condition=models.Q(models.Q(('exit_reason__isnull', False), ('left_on__isnull', False), ('state', 'left')), models.Q(models.Q(('state', 'left'), _negated=True), ('exit_reason', None), ('left_on', None)), _connector='OR'), name='enrollment_left_with_reason', violation_error_message='Une sortie porte sa date et son motif.'), models.CheckConstraint(condition=models.Q(models.Q(('completed_on__isnull', False), ('state', 'completed')), models.Q(models.Q(('state', 'completed'), _negated=True), ('completed_on', None)), _connector='OR'), name='enrollment_completed_dated', violation_error_message='Un parcours terminé porte sa date.')],
            },
        ),
        migrations.CreateModel(
            name='TrainingPlan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('revision', models.PositiveSmallIntegerField(default=1, verbose_name='révision')),
                ('production_minutes', models.PositiveIntegerField(verbose_name='minutes en production')),
                ('classroom_minutes', models.PositiveIntegerField(verbose_name='minutes en salle')),
                ('immersion_minutes', models.PositiveIntegerField(verbose_name='minutes en immersion')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motif de la révision')),
                ('drawn_at', models.DateTimeField(default=accounts.clock.now, editable=False, verbose_name='établi le')),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='établi par')),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='trainees.enrollment', verbose_name='parcours')),
            ],
            options={
                'verbose_name': 'plan de formation',
                'verbose_name_plural': 'plans de formation',
                'ordering': ['-revision'],
                'constraints': [models.UniqueConstraint(fields=('enrollment', 'revision'), name='plan_revision_once', violation_error_message='Ce plan vient d’être révisé par quelqu’un d’autre.'), models.CheckConstraint(condition=models.Q(('classroom_minutes__gt', 0), ('immersion_minutes__gt', 0), ('production_minutes__gt', 0)), name='plan_three_modalities', violation_error_message='Un plan prévoit des heures en production, en salle et en immersion.'), models.CheckConstraint(condition=models.Q(('production_minutes__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(12000), '-', models.F('classroom_minutes')), '-', models.F('immersion_minutes'))), ('production_minutes__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(23940), '-', models.F('classroom_minutes')), '-', models.F('immersion_minutes')))), name='plan_200_to_399_hours', violation_error_message='Un plan de formation compte de 200 à 399 heures.'), models.CheckConstraint(condition=models.Q(('revision', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='plan_revision_reasoned', violation_error_message='Une révision du plan porte son motif.')],
            },
        ),
        migrations.CreateModel(
            name='TrainingSession',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('held_on', models.DateField(verbose_name='jour')),
                ('starts_at', models.TimeField(verbose_name='de')),
                ('ends_at', models.TimeField(verbose_name='à')),
                ('place', models.CharField(choices=[('production', 'en situation de production'), ('classroom', 'en salle')], max_length=10, verbose_name='lieu')),
                ('kind', models.CharField(choices=[('group', 'collective'), ('individual', 'individuelle')], default='group', max_length=10, verbose_name='forme')),
                ('module', models.CharField(choices=[('M1', 'Compétences clés'), ('M2', 'Information et communication'), ('M3', 'Santé et sécurité au travail'), ('M4', 'Compétences professionnelles')], max_length=2, verbose_name='module')),
                ('theme', models.CharField(max_length=160, verbose_name='thème')),
                ('logged_at', models.DateTimeField(default=accounts.clock.now, editable=False, verbose_name='saisie le')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_sessions', to='structures.structure', verbose_name='structure')),
                ('trainer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_sessions', to=settings.AUTH_USER_MODEL, verbose_name='formateur')),
            ],
            options={
                'verbose_name': 'séance',
                'ordering': ['-held_on', '-starts_at'],
                'indexes': [models.Index(fields=['trainer', 'held_on'], name='session_trainer_day'), models.Index(fields=['structure', 'held_on'], name='session_structure_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_in_order', violation_error_message='Une séance finit après avoir commencé.')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(choices=[('production', 'en situation de production'), ('classroom', 'en salle')], max_length=10, verbose_name='lieu')),
                ('session_minutes', models.PositiveSmallIntegerField(verbose_name='durée de la séance')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes de présence')),
                ('absence', models.CharField(blank=True, choices=[('justified', 'absence justifiée'), ('unjustified', 'absence non justifiée'), ('leave', 'congé'), ('immersion', 'en immersion'), ('steps', 'démarche prévue')], max_length=12, verbose_name='absence')),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='trainees.enrollment', verbose_name='parcours')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='trainees.trainingsession', verbose_name='séance')),
            ],
            options={
                'verbose_name': 'présence',
                'ordering': ['session', 'enrollment'],
                'constraints': [models.UniqueConstraint(fields=('session', 'enrollment'), name='attendance_once', violation_error_message='Cette personne est déjà inscrite à la séance.'), models.CheckConstraint(condition=models.Q(('minutes__lte', models.F('session_minutes'))), name='attendance_within_session', violation_error_message='Une présence ne dépasse pas la durée de la séance.'), models.CheckConstraint(condition=models.Q(models.Q(('absence', ''), ('minutes__gt', 0)), models.Q(('minutes', 0), models.Q(('absence', ''), _negated=True)), _connector='OR'), name='attendance_present_or_reason', violation_error_message='Indiquez la durée de présence ou le motif de l’absence.')],
            },
        ),
        migrations.CreateModel(
            name='Immersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('host_name', models.CharField(max_length=120, verbose_name='entreprise d’accueil')),
                ('host_siret', models.CharField(blank=True, max_length=14, verbose_name='SIRET de l’entreprise')),
                ('tutor_name', models.CharField(max_length=120, verbose_name='tuteur dans l’entreprise')),
                ('purpose', models.CharField(choices=[('discover', 'découvrir un métier ou un secteur'), ('confirm', 'confirmer un projet professionnel'), ('recruit', 'commencer une démarche de recrutement')], max_length=10, verbose_name='objet')),
                ('objectives', models.TextField(max_length=1000, verbose_name='objectifs')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(verbose_name='au')),
                ('planned_minutes', models.PositiveSmallIntegerField(verbose_name='durée prévue en minutes')),
                ('done_minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='durée faite en minutes')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='faite, confirmée le')),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='immersions', to='trainees.enrollment', verbose_name='parcours')),
                ('renews', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewal', to='trainees.immersion', verbose_name='renouvelle')),
            ],
            options={
                'verbose_name': 'immersion',
                'ordering': ['-starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='immersion_in_order', violation_error_message='Une immersion finit après avoir commencé.'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('done_minutes', None)), models.Q(('confirmed_at__isnull', False), ('done_minutes__gt', 0), ('done_minutes__isnull', False)), _connector='OR'), name='immersion_confirmed_with_hours', violation_error_message='Une immersion faite porte ses heures.'), models.CheckConstraint(condition=models.Q(('planned_minutes__gt', 0)), name='immersion_planned_hours', violation_error_message='Une immersion prévoit des heures.')],
            },
        ),
        migrations.CreateModel(
            name='MonthClosing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='premier jour du mois')),
                ('closed_at', models.DateTimeField(default=accounts.clock.now, verbose_name='signé le')),
                ('reopened_at', models.DateTimeField(blank=True, null=True, verbose_name='rouvert le')),
                ('reopening_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de la réouverture')),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signé par')),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='month_closings', to='trainees.enrollment', verbose_name='parcours')),
                ('reopened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='rouvert par')),
            ],
            options={
                'verbose_name': 'mois signé',
                'verbose_name_plural': 'mois signés',
                'ordering': ['-month', '-closed_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reopened_at', None)), fields=('enrollment', 'month'), name='month_closed_once', violation_error_message='Ce mois est déjà signé.'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='month_first_day', violation_error_message='Un mois est désigné par son premier jour.'), models.CheckConstraint(condition=models.Q(('reopened_at', None), models.Q(('reopened_by__isnull', False), models.Q(('reopening_reason', ''), _negated=True)), _connector='OR'), name='month_reopened_with_reason', violation_error_message='La réouverture d’un mois porte son auteur et son motif.')],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au')),
                ('reason', models.CharField(max_length=200, verbose_name='motif')),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pauses', to='trainees.enrollment', verbose_name='parcours')),
            ],
            options={
                'verbose_name': 'pause',
                'ordering': ['-starts_on'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('enrollment',), name='pause_one_open', violation_error_message='Ce parcours est déjà en pause.'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='pause_in_order', violation_error_message='Une pause finit après avoir commencé.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='pause_reasoned', violation_error_message='Une pause porte son motif.')],
            },
        ),
    ]
