"""The invented structures of the demonstration, in real towns."""

from dataclasses import dataclass

from stdnum import luhn

EV, MA, BA, RE, NE = "espaces-verts", "maraichage", "batiment-second-oeuvre", "restauration", "nettoyage"


@dataclass(frozen=True)
class StructureFixture:
    name: str
    city: str
    postcode: str
    supports: tuple[str, ...]


JURY_STRUCTURES = (
    StructureFixture("Les Ateliers de l’Étang", "Sète", "34200", (EV, BA)),
    StructureFixture("Le Potager du Thouet", "Saumur", "49400", (MA, EV)),
    StructureFixture("Chantiers de la Hem", "Audruicq", "62370", (EV, NE)),
)
HOME_STRUCTURE = StructureFixture("Les Jardins de la Nièvre", "Nevers", "58000", (EV, MA))
ACTIVE_STRUCTURES = (
    *JURY_STRUCTURES,
    HOME_STRUCTURE,
    StructureFixture("La Fabrique du Canal", "Roubaix", "59100", (BA, NE)),
    StructureFixture("Les Hortillons solidaires", "Amiens", "80000", (MA,)),
    StructureFixture("Rive droite insertion", "Rouen", "76000", (EV,)),
    StructureFixture("La Rade verte", "Brest", "29200", (EV, RE)),
    StructureFixture("Cuisines d’ici", "Rennes", "35000", (RE,)),
    StructureFixture("L’Ardoise et le Jardin", "Angers", "49000", (EV, BA)),
    StructureFixture("Les Semis du Clain", "Poitiers", "86000", (MA,)),
    StructureFixture("Porcelaine et Compagnie", "Limoges", "87000", (BA,)),
    StructureFixture("Les Sentiers du Gave", "Pau", "64000", (EV,)),
    StructureFixture("Brique et Garonne", "Toulouse", "31000", (BA, RE)),
    StructureFixture("Les Vergers du Têt", "Perpignan", "66000", (MA,)),
    StructureFixture("La Belle Ouvrage", "Marseille", "13003", (BA, NE)),
    StructureFixture("Alpages et Chantiers", "Gap", "05000", (EV,)),
    StructureFixture("La Cantine du Rhône", "Valence", "26000", (RE,)),
    StructureFixture("Le Puits aux Métiers", "Saint-Étienne", "42000", (BA,)),
    StructureFixture("Les Jardins du Drac", "Grenoble", "38000", (MA, EV)),
    StructureFixture("La Boucle du Doubs", "Besançon", "25000", (EV, NE)),
    StructureFixture("Ateliers de la Doller", "Mulhouse", "68100", (NE,)),
    StructureFixture("La Mirabelle", "Metz", "57000", (MA, RE)),
    StructureFixture("Bois et Bonneterie", "Troyes", "10000", (BA,)),
    StructureFixture("Le Potager d’Essonne", "Évry-Courcouronnes", "91000", (MA, NE)),
)
ACCREDITED_STRUCTURES = (
    StructureFixture("Les Terrils fleuris", "Lens", "62300", (EV,)),
    StructureFixture("Le Marais partagé", "Bourges", "18000", (MA,)),
)
INTERESTED_STRUCTURES = tuple(
    StructureFixture(name, city, postcode, (support,))
    for name, city, postcode, support in (
        ("Dentelle et Chantiers", "Calais", "62100", NE),
        ("La Semoy au vert", "Charleville-Mézières", "08000", EV),
        ("La Montagne couronnée", "Laon", "02000", EV),
        ("Les Bâtisseurs de Thérain", "Beauvais", "60000", BA),
        ("Quai des Possibles", "Le Havre", "76600", NE),
        ("L’Orne insertion", "Caen", "14000", EV),
        ("Cotentin solidaire", "Cherbourg-en-Cotentin", "50100", RE),
        ("La Criée des Métiers", "Lorient", "56100", RE),
        ("Kerne Chantiers", "Quimper", "29000", EV),
        ("Les Machines du Cœur", "Nantes", "44000", BA),
        ("Le Relais des Vingt-Quatre", "Le Mans", "72000", NE),
        ("Mayenne Maraîchage", "Laval", "53000", MA),
        ("Les Jardins de Loire", "Tours", "37000", MA),
        ("Le Verger de Jeanne", "Orléans", "45000", MA),
        ("Berry Ouvrages", "Châteauroux", "36000", BA),
        ("Les Tours du Port", "La Rochelle", "17000", NE),
        ("La Cabane du Bourdon", "Bordeaux", "33000", EV),
        ("Le Pruneau solidaire", "Agen", "47000", RE),
        ("Bigorre Chantiers", "Tarbes", "65000", EV),
        ("Le Pastel", "Albi", "81000", BA),
        ("Les Garrigues", "Nîmes", "30000", EV),
        ("Le Pont des Savoirs", "Avignon", "84000", RE),
        ("La Petite Rade", "Toulon", "83000", NE),
        ("Les Terrasses du Paillon", "Nice", "06000", EV),
        ("Muvrini Chantiers", "Bastia", "20200", EV),
        ("La Lave et l’Outil", "Clermont-Ferrand", "63000", BA),
        ("Le Bocage bourbonnais", "Moulins", "03000", MA),
        ("Les Rives du Thiou", "Annecy", "74000", EV),
        ("La Bressane", "Mâcon", "71000", RE),
        ("Moutarde et Métiers", "Dijon", "21000", RE),
        ("L’Image du Travail", "Épinal", "88000", NE),
        ("Les Jardins de l’Ill", "Strasbourg", "67000", MA),
        ("Le Mail des Métiers", "Créteil", "94000", NE),
        ("La Plaine au travail", "Saint-Denis", "93200", RE),
        ("Karukéra Chantiers", "Pointe-à-Pitre", "97110", EV),
        ("La Fournaise insertion", "Saint-Denis", "97400", MA),
    )
)


def siret(n: int) -> str:
    """The n-th invented SIRET whose two keys agree."""
    siren = f"{80000000 + n * 37:08d}"
    siren += luhn.calc_check_digit(siren)
    establishment = f"{siren}0001"
    return establishment + luhn.calc_check_digit(establishment)
