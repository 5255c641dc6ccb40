"""Whether a text is a label of a form or a column, and so no value.

A label consists of label words only, such as `Employee Name` or `Kunden-Nr.`. Each language has the
words that its forms, payslips and invoices use.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

_WORDS: Mapping[str, str] = {
    "en": (
        "account address advice agency amount authority balance bank bill birth box branch card "
        "category center centre check cheque city class code company contact control cost country "
        "county currency customer date dated day daytime deduction deductions deliver delivery "
        "department dept description designation destination details disc discount dispatch due "
        "earnings email employee employer end enhancement esi expiry fax federal first foreign "
        "form frequency gender grade gross hire holder home hours hsn id identification initial "
        "insurance insured insurer invoice issue issued item job joined joining last licence "
        "license locality location maiden mailing marital method middle mobile mode name names "
        "national nationality net ni nino no number occupation order organisation organization "
        "original pan pay payee payer payment payroll period pf phone place policy policyholder "
        "position postal postcode price process province purchase qty quantity rate recipient ref "
        "reference remarks routing sac salary security sex ship signature sl social sort ssn "
        "start state status street suff suffix surname tax taxable telephone term termination "
        "terms time tin title total town uan unit value vehicle vendor week weekly works year "
        "your zip"
    ),
    "de": (
        "ablauf abteilung adresse anschrift arbeitgeber arbeitnehmer austritt auszahlungsdatum "
        "auszahlungstag av bank beginn betrag bezeichnung blatt datum einheit eintritt "
        "eintrittsdatum email faktor familienname fax finanzamt firma geburtsdatum geburtsname "
        "geburtsort gültig hausnummer identifikationsnummer kfb kinderfreibeträge klasse "
        "konfession konto kontonummer kostenstelle krankenkasse krankenversicherung kunde "
        "kunden kundennr kundennummer kv land lieferdatum menge mitarbeiter monat nachname name "
        "nr nummer ort personal personalnr personalnummer plz postleitzahl preis pv "
        "rechnungsdatum rechnungsnummer rv seite sozialversicherungsnummer staat steuer "
        "steuerklasse steuernr steuernummer strasse straße stück summe tag telefon "
        "telefonnummer titel tätigkeit unterschrift versicherung versicherungsnehmer "
        "versicherungsnummer vertrag vertragsnummer vorname wohnort währung zahltag zahlungsart "
        "zeitraum"
    ),
    "fr": (
        "adresse ancienneté assuré banque base catégorie client code coefficient commune compte "
        "convention date désignation effet embauche emploi employeur entrée facture fonction "
        "gains horaire indice mail matricule montant mutuelle naissance nir nom numéro paiement "
        "pays payé police poste prix prénom période qualification quantité retenues rue "
        "référence salarié service signature siret sociale souscripteur sécurité taux total tél "
        "téléphone versé ville virement échelon échéance établissement"
    ),
    "it": (
        "assunzione azienda cap cessazione cliente codice cognome comune contraente data "
        "decorrenza dipendente fiscale importo inail indirizzo inps livello località luogo "
        "matricola mese nascita nome numero ore paga pagamento partita periodo polizza "
        "provincia qualifica quantità retribuzione riferimento scadenza telefono totale via"
    ),
    "es": (
        "afiliación albarán antigüedad apellido apellidos banco categoría ciudad cliente "
        "cotización cuenta código dirección domicilio empresa fecha firma grupo importe "
        "nacimiento nif nombre número pago país pedido periodo período población provincia "
        "puesto póliza referencia seguridad social teléfono tomador total trabajador "
        "vencimiento"
    ),
    "pt": (
        "admissão apelido artigo banco categoria cliente contribuinte código data descrição "
        "empresa encomenda endereço funcionário localidade moeda morada nif nome número "
        "pagamento período preço quantidade telefone trabalhador valor vencimento"
    ),
    "nl": (
        "achternaam adres afdeling bank bedrag betaaldatum betaling burgerlijke datum "
        "dienstverband factuur factuurdatum factuurnummer functie geboorte geboortedatum "
        "kenmerk klant klantnummer land leverdatum loonheffing maand naam nummer omschrijving "
        "periode personeelsnr personeelsnummer plaats postcode referentie rekening schaal staat "
        "straat telefoon uurloon voornaam werkgever werknemer woonplaats"
    ),
    "pl": (
        "adres data faktury imię kod kwota miejsce miejscowość nabywca nazwa nazwisko nr numer "
        "okres podpis pracodawca pracownik płatności rachunek rachunku sprzedawca stanowisko "
        "telefon termin ulica urodzenia wypłaty zamówienia zamówienie"
    ),
    "cs": (
        "adresa datum dodavatel jméno město období objednávka odběratel podpis příjmení "
        "splatnosti telefon titul ulice vystavení výplaty zaměstnanec zaměstnavatel účet částka "
        "číslo"
    ),
    "sv": (
        "adress anställd anställningsnr antal avdelning belopp betalningsvillkor datum "
        "dröjsmålsränta efternamn exkl fakturadatum fakturanr förfallodatum förnamn inkl kund "
        "kundnr moms namn nr ort period personnummer postnr referens telefon utbetalning "
        "utbetalningsdag öresavrundning"
    ),
    "da": (
        "adresse afdeling antal beløb betalingsdato cpr dato efternavn ekskl fakturanr "
        "forfaldsdato fornavn kundenr lønperiode medarbejder navn nr ordrenr periode postnr "
        "reference telefon"
    ),
}
_JOINED = (
    "a and as at by de del della des di do du e el en et for from für i il la le les of on or oder "
    "per the to um und van von y z"
)
_ALSO_OF_NAMES = (
    "assuré bank banque banco box branch card city class company control country county customer "
    "delivery empresa employee employees end federal first firma general hire home insurance job "
    "last life mobile mutuelle national order original pan police post postal post power security "
    "service ship social state street time total town vehicle versicherung via ville works "
    "your"
)
"""Words that names of companies have as well: they alone make no label."""
_OF_NAMES = frozenset(_ALSO_OF_NAMES.split())
_OF_LABELS = frozenset(word for words in _WORDS.values() for word in words.split())
_BETWEEN = frozenset(_JOINED.split())
_NUMBER_OF_BOX = re.compile(r"^\s*(?:\d{1,2}[a-z]?|[a-z])[.)]?\s+(?=[^\W\d])")
"""The number of the box that a form has before its label: `15 State`, `e Last name`."""
_REMARK = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_])*")
_LONGEST = 60
"""Characters of a longer text, which is no label."""


@lru_cache(maxsize=4096)
def is_label(text: str) -> bool:
    """Whether a text has no other words than those of labels, and no number but that of its box."""
    if len(text) > _LONGEST:
        return False
    plain = _REMARK.sub("", _NUMBER_OF_BOX.sub("", text))
    if any(map(str.isdigit, plain)):
        return False
    words = [word.replace(".", "") for word in _WORD.findall(plain.replace("'s", "").lower())]
    known = [word for word in words if word in _OF_LABELS and word not in _OF_NAMES]
    return bool(known) and all(word in _OF_LABELS or word in _BETWEEN for word in words)
