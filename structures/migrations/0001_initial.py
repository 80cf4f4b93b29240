import core.models.folded
import core.clock
import django.db.models.deletion
import structures.models.structure
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
            name='ProductionSupport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.SlugField(unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='nom')),
                ('rome_codes', models.CharField(blank=True, max_length=60, verbose_name='codes ROME')),
                ('framework_version', models.CharField(blank=True, max_length=20, verbose_name='version du référentiel en vigueur')),
            ],
            options={
                'verbose_name': 'support de production',
                'verbose_name_plural': 'supports de production',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Structure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('siret', models.CharField(max_length=14, unique=True, validators=[structures.models.structure.check_siret], verbose_name='SIRET')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='adresse')),
                ('postcode', models.CharField(max_length=5, verbose_name='code postal')),
                ('city', models.CharField(max_length=80, verbose_name='commune')),
                ('folded', core.models.folded.FoldedField('name', 'city', 'postcode', 'siret', default='', editable=False, max_length=600)),
                ('region', models.CharField(choices=[('01', 'Guadeloupe'), ('02', 'Martinique'), ('03', 'Guyane'), ('04', 'La Réunion'), ('06', 'Mayotte'), ('11', 'Île-de-France'), ('24', 'Centre-Val de Loire'), ('27', 'Bourgogne-Franche-Comté'), ('28', 'Normandie'), ('32', 'Hauts-de-France'), ('44', 'Grand Est'), ('52', 'Pays de la Loire'), ('53', 'Bretagne'), ('75', 'Nouvelle-Aquitaine'), ('76', 'Occitanie'), ('84', 'Auvergne-Rhône-Alpes'), ('93', "Provence-Alpes-Côte d'Azur"), ('94', 'Corse')], editable=False, max_length=2, verbose_name='région')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse e-mail')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone')),
                ('training_body_number', models.CharField(blank=True, max_length=11, verbose_name='numéro d’organisme de formation')),
                ('member_number', models.CharField(blank=True, max_length=20, verbose_name='numéro d’adhérent à l’OPCO (ICOM)')),
                ('state', models.CharField(choices=[('interested', 'intéressée'), ('accredited', 'agréée'), ('suspended', 'suspendue'), ('ended', 'agrément terminé')], default='interested', max_length=10, verbose_name='état')),
                ('interested_on', models.DateField(default=core.clock.today, verbose_name='intérêt manifesté le')),
                ('accredited_from', models.DateField(blank=True, null=True, verbose_name='agréée du')),
                ('accredited_until', models.DateField(blank=True, null=True, verbose_name='agréée jusqu’au')),
                ('visited_on', models.DateField(blank=True, null=True, verbose_name='visitée le')),
                ('supports', models.ManyToManyField(blank=True, related_name='structures', to='structures.productionsupport', verbose_name='supports de production')),
            ],
            options={
                'verbose_name': 'structure',
                'ordering': ['folded'],
                'indexes': [models.Index(fields=['folded'], name='structure_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('siret__regex', '^[0-9]{14}$')), name='structure_siret_digits', violation_error_message='Un SIRET compte 14 chiffres.'), models.CheckConstraint(condition=models.Q(('postcode__regex', '^[0-9]{5}$')), name='structure_postcode_digits', violation_error_message='Un code postal compte 5 chiffres.'), models.CheckConstraint(condition=models.Q(('training_body_number', ''), ('training_body_number__regex', '^[0-9]{11}$'), _connector='OR'), name='structure_training_body_digits', violation_error_message='Un numéro d’organisme de formation compte 11 chiffres.'), models.CheckConstraint(condition=models.Q(('state', 'interested'), models.Q(('accredited_from__isnull', False), ('accredited_until__isnull', False)), ('state', 'ended'), _connector='OR'), name='structure_accreditation_dated', violation_error_message='Un agrément porte une date de début et une date de fin.'), models.CheckConstraint(condition=models.Q(('accredited_from', None), ('accredited_until__gt', models.F('accredited_from')), _connector='OR'), name='structure_accreditation_lasts', violation_error_message='L’agrément doit finir après avoir commencé.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='structures.structure', verbose_name='structure')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='personne')),
                ('role', models.CharField(choices=[('director', 'direction'), ('trainer', 'encadrement technique'), ('counsellor', 'accompagnement socioprofessionnel')], max_length=10, verbose_name='rôle')),
                ('starts_on', models.DateField(default=core.clock.today, verbose_name='depuis le')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='jusqu’au')),
            ],
            options={
                'verbose_name': 'appartenance à une équipe',
                'verbose_name_plural': 'appartenances aux équipes',
                'ordering': ['user__folded'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('structure', 'user', 'role'), name='membership_once', violation_error_message='Cette personne tient déjà ce rôle dans la structure.'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_in_order', violation_error_message='Une personne quitte l’équipe après y être entrée.')],
            },
        ),
        migrations.CreateModel(
            name='StructureSpan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spans', to='structures.structure', verbose_name='structure')),
                ('state', models.CharField(choices=[('interested', 'intéressée'), ('accredited', 'agréée'), ('suspended', 'suspendue'), ('ended', 'agrément terminé')], max_length=10, verbose_name='état')),
                ('starts_on', models.DateField(verbose_name='du')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='au (exclu)')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='motif')),
            ],
            options={
                'verbose_name': 'période d’une structure',
                'ordering': ['starts_on', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('structure',), name='structure_span_one_open', violation_error_message='Une structure n’est que dans un état à la fois.'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='structure_span_in_order', violation_error_message='Une période finit après avoir commencé.')],
            },
        ),
    ]
