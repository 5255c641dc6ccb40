"""Names, addresses and dates as companies and people of several countries print them."""

import datetime as dt
import random
from dataclasses import dataclass

_NOUNS = (
    "Alder Ashford Aurora Bellmont Birchwood Blackwater Bluestone Brightwell Calder Castello "
    "Cedar Clearview Copper Corvus Dalton Delta Drake Eastgate Elmwood Falkner Fairbanks Fontaine "
    "Garnet Granville Grunwald Hadley Halcyon Harbour Hartmann Hawthorn Helios Ironbridge Juniper "
    "Kestrel Kingsley Lakeside Larkspur Laurent Lindner Lumen Maple Marbella Meridian Montero "
    "Nordwind Northgate Oakfield Olympia Orion Pinnacle Quarry Redwood Riverside Rossi Sable "
    "Silvermere Solaris Sterling Summit Tamarack Thornton Tidewater Umbra Valmont Vanguard Vesper "
    "Westbrook Wexford Whitmore Willow Winslow Zenith Zimmermann De+Vries Le+Gall Van+den+Berg "
    "Müller Schäfer Krüger Moretti Ferrari Ortega Delgado Dubois Lefèvre Bakker Jansen O'Connor "
    "McKay"
)
_TRADES = {
    "US": "Technologies Logistics Consulting Robotics Supply Software Holdings Foods Energy "
    "Manufacturing Partners Design Media Labs Systems Plumbing Landscaping Bank",
    "GB": "Engineering Logistics Consulting Joinery Foods Energy Solutions Printing Catering "
    "Services Interiors Utilities Property+Management Roofing",
    "DE": "Maschinenbau Software Logistik Bau Elektrotechnik Metallbau Gebäudetechnik Beratung "
    "Handel Medizintechnik Spedition Druckerei",
    "FR": "Conseil Menuiserie Plomberie Distribution Informatique Transports Maçonnerie "
    "Boulangerie Énergie Services",
    "IT": "Costruzioni Alimentari Servizi Trasporti Consulenza Meccanica Arredamenti Impianti",
    "ES": "Construcciones Servicios Transportes Consultores Alimentación Sistemas Instalaciones",
    "NL": "Bouw Techniek Installaties Advies Transport Schilderwerken Groep Automatisering",
}
_FORMS = {
    "US": ("Inc.", ", Inc.", "LLC", ", LLC", "Corp.", "Corporation", "Company", "L.P.", ""),
    "GB": ("Ltd", "Limited", "PLC", "LLP", "Ltd.", ""),
    "DE": ("GmbH", "AG", "GmbH & Co. KG", "KG", "e.K.", "UG (haftungsbeschränkt)", "OHG", ""),
    "FR": ("SARL", "SAS", "S.A.", "SA", "EURL", ""),
    "IT": ("S.r.l.", "S.p.A.", "Srl", "SNC", ""),
    "ES": ("S.L.", "S.A.", "SL", "S.L.U.", ""),
    "NL": ("B.V.", "BV", "N.V.", "V.O.F.", ""),
}
_FIRST = {
    "US": "James Mary Robert Linda Michael Susan David Karen Daniel Dana Emily Marcus Grace Owen",
    "GB": "Oliver Amelia George Isla Harry Ava Jack Emma Alice Thomas Charlotte Hugh Imogen",
    "DE": "Anna Peter Julia Thomas Sabine Markus Petra Stefan Katrin Jürgen Ulrike Max Heike",
    "FR": "Marie Jean Sophie Pierre Camille Luc Claire Antoine Hélène Julien Chloé Yves",
    "IT": "Marco Giulia Luca Francesca Paolo Chiara Andrea Elena Giovanni Lucia",
    "ES": "Carlos María Javier Lucía Antonio Carmen Pablo Elena Miguel Rosa",
    "NL": "Jan Anneke Pieter Sanne Willem Lotte Bas Femke Joris Marloes",
}
_LAST = {
    "US": "Smith Johnson Whitfield Brooks Hayes Cho Nguyen Ramirez Turner Bennett Coleman Reed",
    "GB": "Tranter Whitcombe Fletcher Hughes Pemberton Clarke Barlow Ashworth Wright Doyle",
    "DE": "Schmidt Weber Becker Hoffmann Schulz Vogel Brandt Lorenz Huber Seidel König",
    "FR": "Moreau Girard Lambert Rousseau Fontaine Chevalier Perrin Marchand Leroy Faure",
    "IT": "Bianchi Romano Ricci Conti Greco Marino Galli Costa Fontana Barbieri",
    "ES": "García López Sánchez Romero Navarro Torres Vega Molina Castro Ortiz",
    "NL": "Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer",
}
_STREETS = {
    "US": "Main+St|Oak+Street|Market+Street|Commerce+Drive|Elm+Avenue|Industrial+Blvd|Sunset+Road",
    "GB": "High+Street|Church+Lane|Station+Road|Victoria+Road|Mill+Lane|Queen's+Parade|The+Green",
    "DE": "Hauptstraße|Bahnhofstr.|Lindenweg|Industriestraße|Am+Markt|Gartenstraße|Goetheplatz",
    "FR": "rue+de+la+République|avenue+Victor+Hugo|place+du+Marché|chemin+des+Vignes|bd+Voltaire",
    "IT": "Via+Roma|Corso+Garibaldi|Via+dell'Industria|Piazza+Dante|Viale+Europa",
    "ES": "Calle+Mayor|Avenida+de+la+Constitución|Plaza+de+España|Calle+Alcalá|Paseo+del+Prado",
    "NL": "Kerkstraat|Dorpsstraat|Stationsweg|Herengracht|Molenlaan|Industrieweg",
}
_TOWNS = {
    "US": "Springfield,+IL+#####|Austin,+TX+#####|Wilmington,+DE+#####|Portland,+OR+#####|"
    "Boston,+MA+#####|Reno,+NV+#####-####|San+Diego,+CA+#####",
    "GB": "London+EC#A+#BT|Leeds+LS#+#QE|Bristol+BS##+#AA|York+YO#+#RD|Norwich+NR#+#TP|"
    "Manchester+M#+#WS",
    "DE": "##### Berlin|##### München|##### Köln|##### Hamburg|##### Leipzig|D-##### Stuttgart|"
    "##### Bad Homburg",
    "FR": "##### Paris|##### Lyon|##### Plougastel|##### Bordeaux Cedex|F-##### Lille",
    "IT": "##### Milano (MI)|##### Torino|##### Roma (RM)|##### Bologna",
    "ES": "##### Madrid|##### Sevilla|##### Valencia|##### Bilbao",
    "NL": "#### AB Utrecht|#### KL Soest|#### GC Amsterdam|#### PN Eindhoven",
}
_TITLES = {
    "US": ("Mr. ", "Ms. ", "", "", ""), "GB": ("Mr ", "Mrs ", "Ms ", "Dr ", ""),
    "DE": ("Herrn ", "Frau ", "Herr ", "", ""), "FR": ("M. ", "Mme ", "Monsieur ", "", ""),
    "IT": ("Sig. ", "", ""), "ES": ("D. ", "Doña ", ""), "NL": ("Dhr. ", "Mevr. ", "", ""),
}  # fmt: skip
_INSTITUTIONS = {
    "US": "City of {}|{} County School District|University of {}|The {} Foundation|{} Dental Group",
    "GB": "{} Borough Council|St. Mary's Primary School|The {} Trust|{} Parish Council|The {} Arms",
    "DE": "Stadt {}|Gemeinde {}|Hotel {}|Autohaus {}|Gasthof Zum {}|Tischlerei {}|Praxis Dr. {}",
    "FR": "Mairie de {}|Hôtel {}|Menuiserie {} & Fils|Lycée {}|Boulangerie {}|Cabinet {}",
    "IT": "Comune di {}|Officine {}|Trattoria {}|Studio {}|Cantine {}",
    "ES": "Ayuntamiento de {}|Hotel {}|Bodegas {}|Talleres {}|Clínica {}",
    "NL": "Gemeente {}|Garage {}|Bakkerij {}|Stichting {}|Fietsenwinkel {}",
}
COUNTRIES = tuple(_FORMS)
_LANGUAGES = {
    "US": "en", "GB": "en", "DE": "de", "FR": "fr", "IT": "it", "ES": "es", "NL": "nl",
}  # fmt: skip
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
_TEENS = range(11, 14)


def language_of(country: str) -> str:
    return _LANGUAGES[country]


@dataclass(frozen=True)
class Names:
    """Draws names for one document of a country."""

    draw: random.Random
    country: str

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def company(self, *, formal: bool = False) -> str:
        """A company's name; without `formal` it may be an institution or lack its legal form."""
        pick = self.draw.choice
        noun = pick(_NOUNS.split()).replace("+", " ")
        if not formal and self.chance(0.2):
            return pick(_INSTITUTIONS[self.country].split("|")).format(noun)
        trade = pick(_TRADES[self.country].split()).replace("+", " ")
        other = pick(_NOUNS.split()).replace("+", " ")
        forms = [f"{noun} {trade}"] * 4
        forms += [
            f"{noun} & {other}",
            f"{noun} {other} {trade}",
            noun if formal else f"{trade} {noun}",
        ]
        name = pick(forms)
        form = pick([form for form in _FORMS[self.country] if form or not formal])
        gap = "" if form.startswith(",") or not form else " "
        whole = f"{name}{gap}{form}"
        return whole.upper() if self.chance(0.12) else whole

    def person(self, *, titled: bool = False) -> str:
        pick = self.draw.choice
        first, last = pick(_FIRST[self.country].split()), pick(_LAST[self.country].split())
        middle = f"{pick('ABCDEJKLMPR')}. " if self.chance(0.15) else ""
        title = pick(_TITLES[self.country]) if titled else ""
        return f"{title}{first} {middle}{last}"

    def street(self) -> str:
        street = self.draw.choice(_STREETS[self.country].split("|")).replace("+", " ")
        number = self.draw.randint(1, 240)
        first = self.country in {"US", "GB", "FR"}
        return f"{number} {street}" if first else f"{street} {number}"

    def town(self) -> str:
        """The line of the town with its postcode."""
        pattern = self.draw.choice(_TOWNS[self.country].split("|")).replace("+", " ")
        return "".join(str(self.draw.randint(1, 9)) if sign == "#" else sign for sign in pattern)

    def digits(self, count: int) -> str:
        return "".join(self.draw.choice("123456789") for _ in range(count))

    def day(self) -> dt.date:
        return dt.date(2022, 1, 1) + dt.timedelta(days=self.draw.randint(0, 1800))

    def written(self, day: dt.date) -> str:
        """A date in the words of the country."""
        language = language_of(self.country)
        month = _MONTHS[language].split()[day.month - 1]
        match self.country:
            case "US":
                return f"{month} {day.day}, {day.year}"
            case "GB":
                return f"{day.day} {month} {day.year}"
            case "DE":
                spelled = f"{day.day}. {month} {day.year}"
                return self.draw.choice([spelled, f"{day:%d.%m.%Y}"])
            case "ES":
                return f"{day.day} de {month} de {day.year}"
            case "FR" if day.day == 1:
                return f"1er {month} {day.year}"
        return f"{day.day} {month} {day.year}"

    def ordinal(self, day: dt.date) -> str:
        """`15th day of November, 2025`."""
        month = _MONTHS["en"].split()[day.month - 1]
        last = 0 if day.day in _TEENS else day.day % 10
        ending = {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
        comma = self.draw.choice([",", ""])
        return f"{day.day}{ending} day of {month}{comma} {day.year}"
