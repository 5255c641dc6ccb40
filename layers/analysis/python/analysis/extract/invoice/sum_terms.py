"""The words that invoices use for their sums, in the form of `terms`."""

from analysis.extract.invoice.terms import Terms

GROSS: Terms = {
    "de": (
        r"brutto_(?:summe|gesamt|betrag|gesamtbetrag)", r"brutto",
        r"(?:gesamt|rechnungs)_summe\s*brutto",
        r"gesamt_betrag(?:\s*(?:brutto|inkl\.?[^\d:]*))?", r"gesamt\s*brutto",
        r"gesamt\s*inkl\.?[^\d:]*",
        r"(?:rechnungs|end)_(?:end)?betrag", r"rechnungs_summe", r"gesamt_summe", r"end_summe",
        r"gesamt(?:preis|forderung)", r"summe\s*(?:brutto|inkl\.?[^\d:]*)", r"rechnungs_total",
        r"(?:gutschrifts?|korrektur|storno)_(?:betrag|summe)", r"(?:rück)?erstattungs_betrag",
    ),
    "en": (
        r"(?:grand|invoice|gross)\s*total", r"invoice\s*value",
        r"total\s*\(?(?:ttc|gross|brutto|incl[^a-z][^\d:]*|including[^\d:]*)",
        r"(?:gross|total|invoice)\s*amount(?:\s*(?:payable\s*)?(?:incl|after)[^\d:]*)?",
        r"amount\s*payable(?:\s*incl[^\d:]*)?",
        r"total\s*(?:in\s*)?(?:[a-z]{3}\b|€|\$|£)(?=\W*[\d]|\W*$)",
        r"(?:total\s*)?credit\s*(?:total|amount)", r"refund(?:\s*(?:total|amount))?",
    ),
    "ms": (r"jumlah(?!\s*kecil)(?:\s*(?:besar|keseluruhan))?",),
    "fr": (
        r"(?:montant|total)\s*(?:total\s*)?t\.?(?:t|v\.?a)\.?c\.?", r"ttc", r"tvac",
        r"net\s*total\s*ttc",
    ),
    "es": (
        r"importe\s*(?:total|factura)",
        r"total\s*(?:factura|documento|general|con\s*i\.?v\.?a|importe)",
    ),
    "it": (
        r"totale\s*(?:generale|complessivo|ivato)?\s*(?:fattura|documento)?",
        r"importo\s*(?:totale|fattura)",
    ),
    "nl": (
        r"totaal(?:_bedrag)?(?:\s*incl[^\d:]*)?", r"factuur_?(?:bedrag|totaal)",
        r"eind_?(?:bedrag|totaal)",
    ),
    "pt": (
        r"total\s*(?:do\s*documento|da\s*fatura|com\s*iva|c/\s*iva|geral)",
        r"(?:valor|montante)\s*total",
    ),
    "pl": (
        r"(?:razem|suma|wartość|kwota)\s*brutto", r"razem(?!\s*netto)", r"ogółem", r"łącznie",
    ),
    "cs": (
        r"(?:celkem|celková\s*částka|cena)\s*(?:včetně|s)\s*dph", r"celkem(?!\s*bez)",
        r"celková\s*částka", r"fakturovaná\s*částka",
    ),
    "sv": (
        r"faktura_?belopp", r"slut_?summa", r"total(?:t|summa|belopp)(?:\s*inkl[^\d:]*)?",
        r"summa\s*inkl[^\d:]*",
    ),
    "da": (
        r"(?:total|i\s*alt|beløb)\s*(?:inkl|incl)[^\d:]*", r"faktura_?beløb", r"i\s*alt(?:\s*dkk)?",
    ),
    "ja": (r"税込(?:合計|金額)(?:金額)?", r"合計(?:金額)?(?!\s*[\uff08(]税抜)",
           r"[ご御]?請求(?:合計)?(?:金|総)?額", r"総(?:合計|額)"),
    "zh": (
        r"价税合计(?:\s*[\uff08(]?(?:小写|大写)[)\uff09]?)?", r"含税(?:总额|金额|合计)",
        r"总计", r"總計", r"总(?:金)?额",
    ),
}  # fmt: skip
PAYABLE: Terms = {
    "de": (
        r"zahl_betrag", r"zu\s*zahlen(?:der\s*betrag)?", r"auszahlungs_betrag",
        r"forderungs_betrag",
    ),
    "en": (
        r"(?:amount|balance|total)\s*(?:now\s*)?(?:due|payable|to\s*pay|outstanding)",
        r"please\s*pay",
    ),
    "fr": (
        r"(?:net|reste|montant|total|somme)\s*à\s*(?:payer|régler)", r"montant\s*dû", r"solde",
    ),
    "es": (r"(?:total|importe|líquido)\s*a\s*pagar",),
    "it": (r"(?:netto|totale|importo)\s*(?:a|da)\s*pagare",),
    "nl": (r"te\s*(?:betalen|voldoen)",),
    "pt": (r"(?:total|valor|montante)\s*a\s*pagar",),
    "pl": (r"(?:razem\s*|kwota\s*)?do\s*zapłaty",),
    "cs": (r"(?:celkem\s*|částka\s*)?k\s*(?:úhradě|zaplacení|platbě)",),
    "sv": (r"(?:summa\s*|belopp\s*)?att\s*betala",),
    "da": (r"(?:beløb\s*|total\s*|i\s*alt\s*)?(?:at\s*betale|til\s*betaling)",),
    "ja": (r"[おご]?支払(?:い)?金額", r"[おご]?振込金額"),
    "zh": (r"应付(?:金额|总额|总计|合计|款)", r"应缴金额"),
}  # fmt: skip
SUM: Terms = {
    "de": (r"gesamt", r"summe"),
    "en": (r"total", r"net\s*total"),
    "sv": (r"summa",),
    "pl": (r"suma",),
    "pt": (r"montante", r"valor"),
}  # fmt: skip
NET: Terms = {
    "de": (
        r"netto(?!\s*(?:a|da)\s)(?:_(?:betrag|summe|gesamt|warenwert|gesamtbetrag))?",
        r"(?:summe|gesamt|warenwert)\s*netto",
        r"rechnungs_summe\s*(?:netto|ohne\s*(?:ust|mwst)\.?)", r"rechnungsbetrag\s*netto",
        r"positions_summe", r"zwischen_(?:summe|total)", r"waren_wert",
        r"gesamt\s*(?:ohne|exkl\.?)\s*\w+",
    ),
    "en": (
        r"charges\s*this\s*period", r"net(?!\s*(?:à|a|da|total|weight|pay|\d))",
        r"sub_total(?:\s*before\s*tax)?", r"untaxed\s*amount",
        r"(?:total\s*)?(?:net|taxable)\s*(?:amount|total|value)",
        r"(?:total\s*)?amount\s*(?:payable\s*)?(?:ex|before)[^\d:]*", r"total\s*net(?:\s*amount)?",
        r"total\s*\(?(?:ht|net|excl[^a-z][^\d:]*|excluding[^\d:]*|before\s*tax|w/o\s*tax)",
        r"tax\s*bas(?:is|e)", r"(?:total\s*)?goods(?:\s*(?:total|value))?", r"total\s*goods",
        r"(?:total\s*)?taxable\s*amt\.?",
    ),
    "ms": (r"jumlah\s*(?:kecil|sebelum\s*cukai)",),
    "fr": (
        r"(?:montant|total|base|sous-total)\s*(?:total\s*)?(?:net\s*)?h\.?t\.?(?:v\.?a\.?)?",
        r"sous-total",
        r"(?:montant|total|prix)\s*hors\s*taxes?",
    ),
    "es": (
        r"(?:total\s*)?base(?:\s*imponible)?", r"(?:importe|suma|total)\s*net[oa]", r"suma",
        r"total\s*bruto",
    ),
    "it": (
        r"(?:totale\s*)?imponibile", r"(?:totale|importo)\s*netto", r"netto\s*merce",
        r"totale\s*merce",
    ),
    "nl": (
        r"subtotaal", r"(?:totaal|bedrag|totaalbedrag)\s*(?:ex(?:cl)?\b|excl|zonder)[^\d:]*",
        r"netto_bedrag", r"grondslag",
    ),
    "pt": (
        r"(?:total\s*)?il[íi]quido", r"(?:total\s*|base\s*(?:de\s*)?)?incidência",
        r"mercadorias?(?:\s*/\s*servi[çc]os)?", r"base\s*tribut[áa]vel",
        r"(?:valor|total)\s*(?:sem|s/)\s*iva",
    ),
    "pl": (
        r"(?:wartość|razem|suma|kwota|wartość\s*sprzedaży)\s*netto", r"netto\s*(?:razem|ogółem)",
        r"podstawa(?:\s*opodatkowania)?",
    ),
    "cs": (r"základ(?:\s*(?:daně|dph))?", r"(?:celkem|cena|částka)\s*bez\s*dph", r"mezisoučet"),
    "sv": (
        r"netto(?:belopp)?", r"(?:summa|totalt?|belopp)\s*(?:exkl\.?|utan|före)[^\d:]*",
        r"delsumma", r"varuvärde", r"exkl\.?\s*moms", r"beskattnings_?underlag", r"moms_?underlag",
    ),
    "da": (
        r"(?:beløb|total|i\s*alt|subtotal)\s*(?:ekskl\.?|excl\.?|uden|før)\s*moms",
        r"moms_?grundlag", r"ekskl\.?\s*moms", r"momspligtigt\s*beløb",
    ),
    "ja": (
        r"小計", r"税抜(?:き)?(?:金額|合計)(?:金額)?", r"合計\s*[\uff08(]税抜(?:き)?[)\uff09]",
        r"(?:課税)?対象額", r"\d{1,2}[%\uff05]対象(?:額|金額|計)?",
    ),
    "zh": (
        r"合计金额", r"(?:不含税|未税)(?:金额|总额|合计)", r"金额合计",
        r"合\s?计(?:\s*[\uff08(]不含税[)\uff09])?",
    ),
}  # fmt: skip
TAX: Terms = {
    "de": (
        (r"(?:summe\s*|gesamt\s*|zzgl\.?\s*|zuzüglich\s*|\+\s*)?(?:\d+(?:[.,]\d+)?\s*%\s*)?"
        r"(?:mwst|mehrwert_steuer|u_st|umsatz_steuer|steuer|versicherungs?_steuer)\.?(?:_betrag)?"
        r"(?:\s*gesamt)?"),
    ),
    "en": (
        (r"(?:total\s*|add:?\s*)?(?:\d+(?:[.,]\d+)?\s*%\s*)?"
        r"(?:vat|(?:sales|service|state|local)\s*tax|tax|[cisu]?gst|utgst|hst|sst|"
        r"[pq]st|tps|tvq|(?:compensation\s*)?cess|"
        r"tva|t\.v\.a\.|btw|iva|i\.v\.a\.|moms|dph)(?:\s*(?:amount|total))?"),
    ),
    "ms": (r"cukai(?:\s*(?:perkhidmatan|jualan))?",),
    "fr": (r"(?:montant|total)\s*(?:de\s*la\s*)?tva",),
    "es": (r"(?:cuota|total|importe)\s*(?:de\s*)?i\.?v\.?a\.?",),
    "it": (r"(?:totale\s*|importo\s*)?(?:iva|imposta|imposte)",),
    "nl": (r"(?:totaal\s*)?btw(?:_bedrag)?",),
    "pt": (r"(?:valor|total)\s*d[oe]\s*iva",),
    "pl": (r"(?:kwota|suma|razem|podatek)\s*(?:podatku\s*)?vat", r"vat\s*razem"),
    "cs": (r"(?:výše\s*|celkem\s*)?dph(?:\s*celkem)?", r"daň"),
    "sv": (r"(?:varav\s*)?moms(?:_?belopp)?", r"summa\s*moms"),
    "ja": (r"(?:うち|内)?消費税(?:額)?(?:等|合計)?", r"税額"),
    "zh": (r"(?:合计|增值)?税额(?:合计)?", r"增值税(?:额)?"),
}  # fmt: skip
ROUNDING: Terms = {
    "de": (r"rundung(?:s_?\w+)?",),
    "en": (r"round(?:ed|ing)?(?:_?off)?(?:\s*(?:adj\w*|difference|amount))?",),
    "ms": (r"pelarasan\s*(?:pembundaran)?", r"pembundaran"),
    "fr": (r"arrondi(?:s|ssement)?",),
    "es": (r"redondeo",),
    "it": (r"arrotondament[oi]",),
    "nl": (r"afronding(?:s_?verschil)?",),
    "pt": (r"arredondamento",),
    "pl": (r"zaokrąglenie",),
    "cs": (r"(?:haléřové\s*)?(?:zaokrouhlení|vyrovnání)",),
    "sv": (r"(?:öres_?)?(?:av_?rund(?:ning|n?\.)|avr\.|utjämning)",),
    "ja": (r"端数(?:調整|処理)?",),
}  # fmt: skip
