"""The invented people of the demonstration."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

PASSWORD = "chantier-ecole"  # noqa: S105 - printed by `make run`, on a demo site only


@dataclass(frozen=True)
class Account:
    """A person whose account opens with the demo password."""

    email: str
    first_name: str
    last_name: str
    role: str


CERTIFIER = Account("certificateur@cqp.example", "Maud", "Certin", "Certificateur")
DIRECTOR = Account("directrice@cqp.example", "Hélène", "Vasseur", "Directrice d’une structure")
TRAINER = Account("encadrant@cqp.example", "Karim", "Benali", "Encadrant technique")
PRESIDENT = Account("president@cqp.example", "Jean-Luc", "Morvan", "Président de jury")
JUROR = Account("jure@cqp.example", "Aïcha", "Diallo", "Jurée")
TRAINEE = Account("salarie@cqp.example", "Samuel", "Okafor", "Salarié en parcours")
ACCOUNTS = (CERTIFIER, DIRECTOR, TRAINER, PRESIDENT, JUROR, TRAINEE)

WOMEN = (
    "Fatima Sandrine Leïla Nadège Aurélie Mariam Svetlana Célia Rosa Khadija Jessica Yvette Hawa Océane Zoé "
    "Françoise Noémie Inès Salomé Clémence Thị-Mai Olha Ludivine Bénédicte Awa Myriam Léa Gaëlle Soraya Cindy"
).split()
MEN = (
    "Mamadou Kévin Jérôme Rachid Bruno Dylan Ibrahim Thierry João Moussa Ludovic Anthony Youssef Cédric Loïc "
    "Abdoulaye Steven Patrick Nicolae Gérard Enzo Hugo Tarek Sékou Émile Raphaël Brahim Joël Mickaël Vlad"
).split()
NAMES = (
    "ABADIE BAILLY BAMBA BARBIER BEAUMONT BELKACEM BOUCHARD BRUNEL CAMARA CARPENTIER CHEVALIER CISSÉ COLLET "
    "COSTA DA-SILVA DELATTRE DIARRA DUMONT ÉTIENNE FERREIRA FOURNIER GAILLARD GARNIER GUÉRIN HADDAD HAMIDI "
    "HUBERT IVANOV JACQUET KACI KEITA LACROIX LAMBERT LE-GALL LEROUX MAHIEU MANSOURI MARÉCHAL MERCIER MOREL "
    "NDONG NGUYEN NOËL OLIVEIRA OUEDRAOGO PARIS PERRIN PETIT POPESCU PRÉVOST QUÉRÉ RENARD RIVIÈRE ROCHE ROUSSEL "
    "SAÏDI SANTOS SCHMITT SIMON SOW SYLLA TANGUY TESSIER TOURÉ TRAORÉ TURPIN URBAIN VALLÉE VIDAL WEBER YILDIZ ZERROUKI"
).split()
BIRTHPLACES = (
    ("Sète", "34301", "France"),
    ("Saumur", "49328", "France"),
    ("Audruicq", "62057", "France"),
    ("Nevers", "58194", "France"),
    ("Roubaix", "59512", "France"),
    ("Marseille", "13055", "France"),
    ("Toulouse", "31555", "France"),
    ("Bamako", "99335", "Mali"),
    ("Oran", "99352", "Algérie"),
    ("Porto", "99139", "Portugal"),
    ("Fès", "99350", "Maroc"),
)


@dataclass(frozen=True)
class Person:
    first_names: str
    birth_name: str
    sex: str
    birth_date: date
    birth_place: str
    birth_insee: str
    birth_country: str


class PersonGenerator:
    """Invented people, each of another name than all before, the same at each rebuilding."""

    def __init__(self, today: date) -> None:
        self.random = Random(2013)  # noqa: S311 - invented names, not a secret
        self.today = today
        self.used: set[tuple] = set()

    def next(self) -> Person:
        while True:
            sex = self.random.choice("FM")
            first = self.random.choice(WOMEN if sex == "F" else MEN)
            name = self.random.choice(NAMES).replace("-", " ")
            born = self.today - timedelta(days=self.random.randint(19 * 366, 58 * 365))
            if (first, name) in self.used:
                continue
            self.used.add((first, name))
            return Person(first, name, sex, born, *self.random.choice(BIRTHPLACES))
