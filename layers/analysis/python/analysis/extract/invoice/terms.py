"""The words that invoices use for a fact, by fact and language, as parts of regular expressions.

`_` stands for any blank, a hyphen or nothing. The first word of a language that fits wins, so
longer ones stand before shorter ones that begin them.
"""

from collections.abc import Mapping

type Terms = Mapping[str, tuple[str, ...]]

NUMBER: Terms = {
    "de": (
        r"(?:rechnungs?|faktura)_(?:nummer|nr\.?|no\.?)", r"rg\.?_nr\.?", r"re\.?-nr\.?",
        r"beleg_(?:nummer|nr\.?)", r"(?:gutschrift|rechnungskorrektur)s?_(?:nummer|nr\.?)",
        r"dokument_(?:nummer|nr\.?)",
    ),
    "en": (
        (r"(?:tax\s)?(?:invoice|inv\.?|bill|document|doc\.?|credit\snote)\s*"
        r"(?:number|no\.?|nr\.?|num\.?|#|id|ref(?:erence)?)"),
    ),
    "ms": (r"(?:no\.?|nombor)\s*invois",),
    "fr": (
        r"(?:num[ée]ro|n[°ºo]\.?|r[ée]f\.?)\s*(?:de\s*(?:la\s*)?)?facture",
        r"facture\s*(?:n[°ºo]\.?|num[ée]ro|#)",
    ),
    "es": (
        r"(?:n[úu]m(?:ero|\.)?|n[°ºo]\.?)\s*(?:de\s*)?(?:factura|documento)",
        r"factura\s*(?:n[°ºo]\.?|n[úu]m(?:ero)?\.?)",
    ),
    "it": (
        r"(?:n[°ºor]?\.?|numero|nr\.?)\s*(?:fattura|documento)",
        r"fattura\s*(?:n[°ºor]?\.?|numero)",
    ),
    "nl": (r"factuur_(?:nummer|nr\.?|id)",),
    "pt": (
        r"(?:n\.?\s?[°ºo]\.?|n[úu]mero)\s*(?:d[ao]\s*)?(?:fatura|factura|documento)",
        r"fatura\s*(?:n\.?\s?[°ºo]\.?|n[úu]mero)",
    ),
    "pl": (
        r"(?:numer|nr\.?)\s*(?:faktury|dokumentu)", r"faktura(?:\s*vat)?\s*(?:nr\.?|numer)",
    ),
    "cs": (r"(?:číslo|č\.)\s*(?:faktury|dokladu)", r"(?:faktura|doklad)\s*(?:č\.|číslo)"),
    "sv": (r"faktura_(?:nr\.?|nummer)", r"fakt\.?_nr\.?"),
    "ja": (r"請求(?:書)?(?:番号|No\.?|NO\.?)",),
    "zh": (r"发票号码?", r"發票號碼?", r"(?:发票|票据)(?:编号|号码)"),
}  # fmt: skip
TITLE: Terms = {
    "de": (
        (r"(?:\w*rechnung|gutschrift|rechnungskor\s?rektur|korrekturrechnung|buchungshilfe)"
        r"(?:\s*(?:nr|no|#)\.?)?"),
    ),
    "en": (
        r"(?:tax\s|proforma\s|commercial\s)?invoice(?:\s*(?:nr|no|#)\.?)?", r"credit\snote",
    ),
    "fr": (r"facture(?:\s*n[°ºo]\.?)?", r"avoir"),
    "es": (r"factura",),
    "it": (r"fattura",),
    "nl": (r"factuur",),
    "pt": (r"fatura",),
    "pl": (r"faktura",),
}  # fmt: skip
ISSUED: Terms = {
    "de": (
        r"rechnungs_datum", r"beleg_datum", r"ausstellungs_datum", r"gutschrifts_datum",
        r"rg\.?_datum",
    ),
    "en": (
        r"(?:tax\s*)?invoice\s*date", r"date\s*of\s*(?:issue|invoice)", r"date\s*issued",
        r"issue\s*date", r"(?:bill|doc(?:ument)?)\s*date", r"issued(?:\s*on)?", r"invoiced\s*on",
        r"tax\s*point",
    ),
    "ms": (r"tarikh\s*invois",),
    "fr": (
        r"date\s*(?:de\s*(?:la\s*)?)?(?:facture|facturation|d['\u2019]émission|émission)",
        r"émise?\s*le",
    ),
    "es": (r"fecha\s*(?:de\s*)?(?:la\s*)?(?:factura|emisión|expedición)",),
    "it": (r"data\s*(?:della\s*)?(?:fattura|documento|emissione)",),
    "nl": (r"factuur_datum", r"datum\s*factuur"),
    "pt": (r"data\s*d[aeo]\s*(?:emissão|fatura|documento)", r"emitid[ao]\s*em"),
    "pl": (
        r"data\s*(?:wystawienia(?:\s*faktury)?|faktury)",
        r"wystawion[oay]\s*(?:w\s*)?(?:dnia|dniu)",
    ),
    "cs": (r"datum\s*(?:vystavení(?:\s*\w+)?|faktury)", r"vystaveno(?:\s*dne)?"),
    "sv": (r"faktura_dat(?:um|o)", r"fakturans\s*datum", r"utfärdad"),
    "ja": (r"(?:請求書)?発行日", r"請求日", r"作成日"),
    "zh": (r"(?:开票|开具|發票|发票)日期",),
}  # fmt: skip
DATED: Terms = {
    "de": (r"datum", r"vom", r"den"),
    "en": (r"date", r"dated"),
    "ms": (r"tarikh",),
    "fr": (r"le",),
    "es": (r"fecha",),
    "it": (r"data",),
    "da": (r"dato",),
    "ja": (r"日付", r"日期"),
}  # fmt: skip
DUE: Terms = {
    "de": (
        r"fällig(?:keit|keits_datum)?(?:\s*(?:am|bis|zum))?",
        r"zahlbar\s*bis(?:\s*(?:zum|spätestens))?", r"zahlungs_ziel", r"zahlungs_termin",
        r"bis\s*(?:spätestens\s*)?zum", r"zu\s*zahlen\s*bis", r"zahlen\s*sie\s*bis",
    ),
    "en": (
        r"due(?:\s*(?:date|on|by))?", r"payment\s*due(?:\s*(?:date|on|by))?",
        r"pay(?:able)?\s*(?:by|before)", r"(?:collect|debit)\s*(?:this|it)\b.*\bafter",
    ),
    "ms": (r"tarikh\s*(?:akhir|matang)(?:\s*bayaran)?",),
    "fr": (
        r"(?:date\s*d['\u2019])?échéance", r"(?:à\s*payer|payable)\s*avant(?:\s*le)?",
        r"date\s*limite(?:\s*de\s*paiement)?",
    ),
    "es": (
        r"(?:fecha\s*(?:de\s*)?)?vencimiento", r"vence(?:\s*el)?",
        r"fecha\s*límite(?:\s*de\s*pago)?", r"pagar\s*antes(?:\s*del?)?",
    ),
    "it": (
        r"(?:data\s*(?:di\s*)?)?scadenza(?:\s*pagamento)?", r"(?:da\s*)?pagare\s*entro(?:\s*il)?",
    ),
    "nl": (
        r"verval_datum", r"(?:te\s*)?(?:betaal|betalen)\s*v[oó][oó]r",
        r"uiterste\s*(?:betaal|betalings)_datum", r"uiterlijk(?:\s*(?:te\s*)?betalen)?(?:\s*op)?",
    ),
    "pt": (
        r"(?:data\s*(?:de\s*)?)?vencimento", r"data\s*limite(?:\s*de\s*pagamento)?",
        r"pagar\s*até",
    ),
    "pl": (
        r"(?:termin|data)\s*(?:płatności|zapłaty)", r"płatn[eay]\s*do",
        r"zapłat[ay]\s*do(?:\s*dnia)?",
    ),
    "cs": (r"(?:datum\s*)?splatnosti?", r"splatn[éoý]\s*(?:dne|do)", r"(?:u|za)hraďte\s*do"),
    "sv": (
        r"förfallo_?da(?:tum|g)", r"förfaller", r"(?:betalas|betala)\s*senast",
        r"sista\s*betalnings_dag",
    ),
    "ja": (r"[おご]?(?:支払|振込)(?:い|み)?(?:期限|期日)(?:日)?",),
    "zh": (r"付款(?:截止)?(?:日期|期限)", r"到期日"),
}  # fmt: skip
DELIVERED: Terms = {
    "de": (
        r"liefer(?:ungs)?_datum", r"leistungs_datum", r"leistungs_zeitpunkt",
        r"lieferung\s*(?:am|vom)",
        r"liefer-?\s*(?:und|/|bzw\.)\s*leistungs_(?:datum|zeitpunkt)", r"liefer_tag",
        r"lieferzeitpunkt",
    ),
    "en": (
        r"(?:delivery|supply|service|shipping)\s*date",
        r"date\s*of\s*(?:supply|delivery|service)", r"delivered(?:\s*on)?",
    ),
    "fr": (r"date\s*de\s*(?:la\s*)?(?:livraison|prestation)",),
    "es": (r"fecha\s*(?:de\s*)?entrega",),
    "it": (r"data\s*(?:di\s*)?consegna",),
    "nl": (r"lever_datum",),
    "pt": (r"data\s*(?:de\s*)?entrega",),
    "pl": (r"data\s*(?:sprzedaży|dostawy|wykonania)(?:\s*usługi)?",),
    "cs": (r"duzp", r"datum\s*(?:dodání|uskutečnění(?:\s*\w+){0,2}|zdan\.?\s*plnění)"),
    "sv": (r"leverans_?(?:datum|dag)",),
    "ja": (r"納品日", r"納入日", r"取引日"),
    "zh": (r"交货日期",),
}  # fmt: skip
GROSS: Terms = {
    "de": (
        r"brutto_(?:summe|gesamt|betrag|gesamtbetrag)", r"brutto",
        r"(?:gesamt|rechnungs)_summe\s*brutto",
        r"gesamt_betrag(?:\s*(?:brutto|inkl\.?[^\d:]*))?", r"gesamt\s*brutto",
        r"gesamt\s*inkl\.?[^\d:]*",
        r"(?:rechnungs|end)_(?:end)?betrag", r"rechnungs_summe", r"gesamt_summe", r"end_summe",
        r"gesamt(?:preis|forderung)", r"summe\s*(?:brutto|inkl\.?[^\d:]*)", r"rechnungs_total",
        r"gutschrifts_(?:betrag|summe)", r"erstattungs_betrag",
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
    "fr": (r"montant\s*(?:total\s*)?ttc", r"ttc", r"net\s*total\s*ttc"),
    "es": (r"importe\s*total", r"total\s*factura"),
    "it": (r"totale\s*(?:fattura|documento)?",),
    "nl": (r"totaal(?:_bedrag)?(?:\s*incl[^\d:]*)?",),
    "pt": (r"total\s*(?:do\s*documento|da\s*fatura|com\s*iva|c/\s*iva)",),
    "pl": (r"(?:razem|suma|wartość|kwota)\s*brutto", r"razem(?!\s*netto)", r"ogółem"),
    "cs": (
        r"(?:celkem|celková\s*částka|cena)\s*(?:včetně|s)\s*dph", r"celkem(?!\s*bez)",
        r"celková\s*částka",
    ),
    "sv": (r"total(?:t|summa|belopp)(?:\s*inkl[^\d:]*)?", r"summa\s*inkl[^\d:]*"),
    "ja": (r"税込(?:合計|金額)(?:金額)?", r"合計(?:金額)?(?!\s*[\uff08(]税抜)",
           r"[ご御]?請求(?:金|総)額"),
    "zh": (
        r"价税合计(?:\s*[\uff08(]?(?:小写|大写)[)\uff09]?)?", r"含税(?:总额|金额|合计)",
        r"总计", r"總計",
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
    "fr": (r"net\s*à\s*payer", r"reste\s*à\s*payer", r"(?:montant|total)\s*à\s*payer", r"solde"),
    "es": (r"total\s*a\s*pagar",),
    "it": (r"(?:netto|totale|importo)\s*(?:a|da)\s*pagare",),
    "nl": (r"te\s*(?:betalen|voldoen)",),
    "pt": (r"(?:total|valor)\s*a\s*pagar",),
    "pl": (r"(?:razem\s*)?do\s*zapłaty",),
    "cs": (r"(?:celkem\s*|částka\s*)?k\s*úhradě",),
    "sv": (r"(?:summa\s*|belopp\s*)?att\s*betala",),
    "ja": (r"[おご]?支払(?:い)?金額", r"[おご]?振込金額"),
    "zh": (r"应付金额", r"应付总额"),
}  # fmt: skip
SUM: Terms = {
    "de": (r"gesamt", r"summe"),
    "en": (r"total", r"net\s*total"),
    "sv": (r"summa",),
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
        r"tax\s*bas(?:is|e)",
    ),
    "ms": (r"jumlah\s*kecil",),
    "fr": (
        r"(?:montant|total|base|sous-total)\s*(?:total\s*)?(?:net\s*)?h\.?t\.?", r"sous-total",
    ),
    "es": (r"(?:total\s*)?base\s*imponible", r"(?:importe|suma|total)\s*net[oa]"),
    "it": (r"(?:totale\s*)?imponibile", r"(?:totale|importo)\s*netto", r"netto\s*merce"),
    "nl": (
        r"subtotaal", r"(?:totaal|bedrag|totaalbedrag)\s*(?:excl|zonder)[^\d:]*", r"netto_bedrag",
    ),
    "pt": (
        r"(?:total\s*)?ilíquido", r"total\s*ilíquido", r"(?:total\s*)?incidência",
        r"(?:valor|total)\s*(?:sem|s/)\s*iva",
    ),
    "pl": (
        r"(?:wartość|razem|suma|kwota|wartość\s*sprzedaży)\s*netto", r"netto\s*(?:razem|ogółem)",
    ),
    "cs": (r"základ(?:\s*(?:daně|dph))?", r"(?:celkem|cena|částka)\s*bez\s*dph", r"mezisoučet"),
    "sv": (
        r"netto(?:belopp)?", r"(?:summa|totalt?|belopp)\s*(?:exkl\.?|utan|före)[^\d:]*",
        r"delsumma",
    ),
    "ja": (
        r"小計", r"税抜(?:き)?(?:金額|合計)(?:金額)?", r"合計\s*[\uff08(]税抜(?:き)?[)\uff09]",
        r"(?:課税)?対象額",
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
BUYER: Terms = {
    "de": (
        r"käufer(?:/\s?leistungsempfänger)?", r"rechnungs_empfänger", r"leistungs_empfänger",
        r"rechnungs_(?:adresse|anschrift)", r"rechnung\s*an", r"kunde", r"auftraggeber(?:in)?",
    ),
    "en": (
        r"(?:details\s*of\s*)?(?:buyer|receiver|recipient)(?:\s*\((?:bill|billed)\s*to\))?",
        r"(?:bill(?:ed)?|invoiced?|sold)\s*to", r"customer", r"client", r"prepared\s*for",
        r"invoice\s*for", r"payable\s*by", r"billing\s*address",
    ),
    "ms": (r"kepada", r"pembeli", r"pelanggan"),
    "fr": (
        r"factur[ée]e?\s*à", r"adressée?\s*à", r"destinataire", r"payable\s*par", r"acheteur",
        r"adresse\s*de\s*facturation",
    ),
    "es": (r"(?:datos\s*del\s*)?cliente", r"facturar\s*a", r"destinatario", r"comprador"),
    "it": (
        r"spett\.?\s?le", r"spettabile", r"acquirente", r"(?:cessionario\s*/?\s*)?committente",
        r"cessionario",
    ),
    "nl": (r"klant", r"factuur\s*aan", r"factuur_adres", r"opdrachtgever", r"afnemer"),
    "pt": (
        r"exmo\.?\s?\(?s?\)?\.?\s*(?:sr|senhor)\w*\.?\s?\(?(?:s|es)?\)?\.?",
        r"(?:faturar|fatura)\s*(?:a|para)", r"adquirente",
    ),
    "pl": (r"(?:dane\s*)?nabywc[ay]", r"odbiorca", r"kupujący", r"zamawiający"),
    "cs": (r"odběratel", r"kupující", r"zákazník", r"příjemce", r"objednatel"),
    "sv": (r"köpare", r"kund", r"faktura_?adress", r"mottagare"),
    "ja": (r"ご?請求先", r"宛先", r"お客様(?:名)?", r"得意先"),
    "zh": (r"购买方(?:信息|名称)?", r"买方", r"购货(?:单位|方)", r"购方(?:名称)?"),
    "ch": (r"zahlbar\s*durch",),
}  # fmt: skip
SELLER: Terms = {
    "de": (
        r"verkäufer", r"rechnungs_(?:steller|ersteller)", r"lieferant", r"leistungs_erbringer",
        r"(?:rechnungs_)?aussteller",
    ),
    "en": (
        r"(?:details\s*of\s*)?(?:seller|vendor|supplier)", r"(?:billed\s*|bill\s*)?from",
        r"(?:issued|sold)\s*by",
    ),
    "ms": (r"penjual", r"pembekal"),
    "fr": (r"vendeur", r"fournisseur", r"émetteur", r"prestataire"),
    "es": (r"proveedor", r"(?:datos\s*del\s*)?emisor", r"vendedor"),
    "it": (
        r"fornitore", r"(?:cedente\s*/?\s*)?prestatore", r"cedente", r"venditore", r"emittente",
    ),
    "nl": (r"leverancier", r"van", r"verkoper", r"opdrachtnemer", r"afzender"),
    "pt": (r"fornecedor", r"emitente", r"entidade\s*emitente", r"prestador"),
    "pl": (r"(?:dane\s*)?sprzedawc[ay]", r"wystawca", r"dostawca", r"sprzedający"),
    "cs": (r"dodavatel", r"prodávající", r"vystavil", r"poskytovatel"),
    "sv": (r"säljare", r"från", r"leverantör", r"avsändare"),
    "ja": (r"発行(?:元|者)", r"ご?請求元", r"差出人", r"販売元"),
    "zh": (r"销售方(?:信息|名称)?", r"卖方", r"销货(?:单位|方)", r"销方(?:名称)?"),
}  # fmt: skip
TAX_ID: Terms = {
    "de": (
        r"u_?st\.?_?id\.?_?(?:nr\.?)?", r"umsatzsteuer_id(?:ent\w*)?_?(?:nr\.?|nummer)?",
        r"uid_?(?:nr\.?)?",
    ),
    "en": (
        (r"(?<!faktura\s)(?:vat|gst|sst|tin|abn|(?:sales|service)\s*tax)\s*"
        r"(?:reg(?:istration|d)?\.?)?\s*"
        r"(?:number|no\.?|nr\.?|id|#)"), r"gst\s?in(?:\s?/\s?uin)?(?:\s*no\.?)?", r"abn",
    ),
    "fr": (
        r"(?:n[°ºo]\.?|num[ée]ro)\s*(?:de\s*)?tva(?:\s*intracom\w*\.?)?",
        r"tva\s*intracom\w*\.?",
    ),
    "es": (r"c\.?i\.?f\.?(?:\s?/\s?n\.?i\.?f\.?)?", r"n\.?i\.?f\.?(?:\s?/\s?c\.?i\.?f\.?)?"),
    "it": (r"p(?:art)?\.?\s?iva", r"partita\s*iva", r"cod(?:ice|\.)\s*iva"),
    "nl": (r"btw_(?:nummer|nr\.?|id(?:entificatienummer)?)",),
    "pt": (
        r"nipc",
        r"(?:n\.?\s?[°ºo]\.?\s*(?:de\s*)?|número\s*de\s*)?contribuinte(?:\s*n\.?\s?[°ºo]\.?)?",
    ),
    "pl": (r"(?:nr\.?|numer)?\s*n\.?i\.?p\.?",),
    "cs": (r"di[čc](?:\s*č\.)?", r"daňové\s*identifikační\s*číslo"),
    "sv": (r"moms_?(?:reg(?:istrerings)?)?\.?_?(?:nr\.?|nummer)", r"(?<!faktura\s)vat_nr\.?"),
    "ja": (r"(?:適格請求書発行)?(?:事業者)?(?:インボイス)?登録番号",),
    "zh": (
        r"(?:统一社会信用代码\s*/\s*)?纳税人识别号码?", r"统一社会信用代码", r"税号",
    ),
}  # fmt: skip
