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
        r"dokument_(?:nummer|nr\.?)", r"storno_(?:rechnungs_)?(?:nummer|nr\.?)",
    ),
    "en": (
        (r"(?:tax\s)?(?:invoice|inv\.?|bill|document|doc\.?|credit\snote)\s*"
        r"(?:number|no\.?|nr\.?|num\.?|#|id|ref(?:erence)?)"),
    ),
    "ms": (r"(?:no\.?|nombor)\s*invois",),
    "fr": (
        r"(?:num[ée]ro|n[°ºo]\.?|r[ée]f\.?)\s*(?:de\s*(?:la\s*)?)?facture",
        r"(?:facture|avoir)\s*(?:n[°ºo]\.?|num[ée]ro|#)",
        r"(?:num[ée]ro|n[°ºo]\.?|r[ée]f\.?)\s*d['\u2019]avoir",
    ),
    "es": (
        r"(?:n[úu]m(?:ero|\.)?|n[°ºo]\.?)\s*(?:de\s*)?(?:la\s*)?(?:factura|documento)",
        r"(?:factura(?:\s*rectificativa)?|abono)\s*(?:n[°ºo]\.?|n[úu]m(?:ero)?\.?)",
        r"nota\s*de\s*(?:crédito|abono)\s*(?:n[°ºo]\.?|n[úu]m(?:ero)?\.?)",
    ),
    "it": (
        r"(?:n[°ºor]?\.?|numero|nr\.?)\s*(?:fattura|documento)",
        r"(?:fattura|documento|nota\s*di\s*(?:credito|accredito))\s*(?:n[°ºor]?\.?|numero)",
    ),
    "nl": (r"(?:factuur|credit_?(?:nota|factuur)?)_(?:nummer|nr\.?|id)",),
    "pt": (
        r"(?:n\.?\s?[°ºo]\.?|n[úu]mero)\s*(?:d[ao]\s*)?(?:fatura|factura|documento)",
        r"(?:fatura|documento|nota\s*de\s*crédito)\s*(?:n\.?\s?[°ºo]\.?|n[úu]mero)",
    ),
    "pl": (
        r"(?:numer|nr\.?)\s*(?:faktury|dokumentu)", r"faktura(?:\s*vat)?\s*(?:nr\.?|numer)",
        r"(?:faktura\s*)?(?:korygująca|korekta)\s*(?:nr\.?|numer)",
    ),
    "cs": (r"(?:číslo|č\.)\s*(?:faktury|dokladu)", r"(?:faktura|doklad|dobropis)\s*(?:č\.|číslo)"),
    "sv": (
        r"(?:kredit_?)?faktura_(?:nr\.?|nummer)", r"fakt\.?_nr\.?",
        r"kredit_?nota_(?:nr\.?|nummer)",
    ),
    "ja": (r"請求(?:書)?(?:番号|No\.?|NO\.?)", r"伝票(?:番号|No\.?)"),
    "zh": (
        r"(?:账单|帳單|对账单|单据|结算单)(?:编号|號碼|号码?)", r"发票号码?", r"發票號碼?",
        r"(?:发票|票据)(?:编号|号码)",
    ),
}  # fmt: skip
TITLE: Terms = {
    "de": (
        (
            r"(?:\w*rechnung|gutschrift|rechnungskor\s?rektur|korrekturrechnung|buchungshilfe)"
            r"(?:\s*(?:nr|no|#)\.?)?"
        ),
    ),
    "en": (
        r"(?:tax\s|proforma\s|commercial\s)?invoice(?:\s*(?:nr|no|#)\.?)?",
        r"credit\snote",
    ),
    "fr": (r"facture(?:\s*n[°ºo]\.?)?", r"avoir"),
    "es": (r"factura",),
    "it": (r"fattura",),
    "nl": (r"factuur",),
    "pt": (r"fatura",),
    "pl": (r"faktura",),
    "cs": (r"daňový\s*doklad",),
    "ms": (r"invois(?:\s*cukai)?",),
}
ANY_NUMBER: Terms = {
    "de": (r"nr\.?", r"nummer"),
    "en": (r"no\.?", r"number", r"#"),
    "fr": (r"n[°º]\.?", r"num[ée]ro"),
    "es": (r"n[úu]m(?:ero|\.)?",),
    "it": (r"n\.", r"numero"),
    "pt": (r"n\.?\s?[°º]\.?",),
    "pl": (r"numer",),
    "cs": (r"číslo", r"č\."),
    "ja": (r"番号", r"No\.?"),
    "zh": (r"编号", r"号码"),
}  # fmt: skip
ISSUED: Terms = {
    "de": (
        r"rechnungs_datum", r"beleg_datum", r"ausstellungs_datum", r"gutschrifts_datum",
        r"rg\.?_datum",
    ),
    "en": (
        r"(?:tax\s*)?invoice\s*date", r"date\s*of\s*(?:issue|invoice)", r"date\s*issued",
        r"issue\s*date", r"(?:bill(?:ing)?|doc(?:ument)?)\s*date", r"issued(?:\s*on)?",
        r"invoiced\s*on", r"tax\s*point",
    ),
    "ms": (r"tarikh\s*invois",),
    "fr": (
        r"date\s*(?:de\s*(?:la\s*)?)?(?:facture|facturation|d['\u2019]émission|émission)",
        r"(?:émise?|facturée?)\s*le", r"en\s*date\s*du",
    ),
    "es": (
        r"fecha\s*(?:de\s*)?(?:la\s*)?(?:factura|emisión|expedición|documento)",
        r"(?:emitid|expedid)[ao]\s*(?:el|con\s*fecha)",
    ),
    "it": (
        r"data\s*(?:della\s*|del\s*|di\s*)?(?:fattura|documento|emissione)", r"emess[ao]\s*il",
    ),
    "nl": (r"factuur_datum", r"datum\s*factuur"),
    "pt": (r"data\s*d[aeo]\s*(?:emissão|fatura|documento)", r"emitid[ao]\s*em"),
    "pl": (
        r"data\s*(?:wystawienia(?:\s*faktury)?|faktury)",
        r"wystawion[oay]\s*(?:w\s*)?(?:dnia|dniu)",
    ),
    "cs": (r"datum\s*(?:vystavení(?:\s*\w+)?|faktury)", r"vystaveno(?:\s*dne)?"),
    "sv": (r"faktura_dat(?:um|o)", r"fakturans\s*datum", r"utfärdad(?:es)?"),
    "ja": (r"(?:請求書)?(?:発行|作成|請求)(?:年月)?日",),
    "zh": (r"(?:开票|开具|發票|发票|账单|帳單|制单|出账)日期",),
}  # fmt: skip
DATED: Terms = {
    "de": (r"datum", r"vom", r"den"),
    "en": (r"date", r"dated"),
    "ms": (r"tarikh",),
    "fr": (r"le",),
    "es": (r"fecha",),
    "it": (r"data",),
    "da": (r"dato",),
    "pl": (r"z\s*dnia", r"dnia"),
    "cs": (r"ze\s*dne", r"dne"),
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
        r"(?:pay(?:able|ment)?|paid|settled?)\s*(?:is\s*)?(?:required\s*|requested\s*)?(?:by|before)",
        r"payment\s*deadline", r"(?:collect|debit)\s*(?:this|it)\b.*\bafter",
    ),
    "ms": (r"tarikh\s*(?:akhir|matang)(?:\s*bayaran)?",),
    "fr": (
        r"(?:date\s*d['\u2019])?échéance",
        (r"(?:à\s*payer|à\s*régler|payable|règlement|paiement)\s*(?:avant|au\s*plus\s*tard)"
        r"(?:\s*le)?"),
        r"(?:date\s*(?:de\s*)?|à\s*)règlement", r"payable\s*le",
        r"date\s*limite(?:\s*de\s*paiement)?",
    ),
    "es": (
        r"(?:fecha\s*(?:de\s*)?)?vencimiento", r"vence(?:\s*el)?",
        r"fecha\s*(?:límite(?:\s*de\s*pago)?|de\s*pago)", r"pag(?:ar|adera?)\s*antes(?:\s*del?)?",
        r"vto\.?",
    ),
    "it": (
        r"(?:data\s*(?:di\s*)?)?scadenza(?:\s*pagamento)?",
        r"(?:da\s*)?(?:pagare|saldare)\s*entro(?:\s*il)?",
        r"(?:termine|data)\s*(?:di\s*)?pagamento", r"entro\s*(?:e\s*non\s*oltre\s*)?il",
    ),
    "nl": (
        r"verval_datum", r"verval_dag", r"vervalt\s*op",
        r"(?:te\s*)?(?:betaal|betalen|voldoen)\s*v[oó][oó]r", r"betaal_datum",
        r"uiterste\s*(?:betaal|betalings)_datum", r"uiterlijk(?:\s*(?:te\s*)?betalen)?(?:\s*op)?",
    ),
    "pt": (
        r"(?:data\s*(?:de\s*)?)?vencimento", r"data\s*limite(?:\s*de\s*pagamento)?",
        r"pag(?:ar|ável)\s*até", r"data\s*de\s*pagamento", r"vence\s*(?:em|a)",
    ),
    "pl": (
        r"(?:termin|data)\s*(?:płatności|zapłaty)", r"płatn[eay]\s*do",
        r"(?:zapłat[ay]|zapłacić|płatność)\s*do(?:\s*dnia)?",
    ),
    "cs": (r"(?:datum\s*)?splatnosti?", r"splatn[éoý]\s*(?:dne|do)", r"(?:u|za)hra(?:ďte|dit)\s*do",
           r"úhrada\s*do"),
    "sv": (
        r"förfallo_?da(?:tum|g)", r"förfaller", r"(?:betalas|betala)\s*(?:senast|före)",
        r"(?:sista\s*)?betalnings_da(?:g|tum)", r"oss\s*till\s?handa(?:\s*senast)?",
    ),
    "ja": (r"[おご]?(?:支払|振込|入金)(?:い|み)?(?:期限|期日|予定日)(?:日)?",),
    "zh": (r"(?:最后|最迟)?(?:付款|缴费|支付)(?:截止)?(?:日期?|期限)", r"到期日期?", r"应付日期"),
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
BUYER: Terms = {
    "de": (
        r"käufer(?:/\s?leistungsempfänger)?", r"rechnungs_empfänger", r"leistungs_empfänger",
        r"rechnungs_(?:adresse|anschrift)", r"rechnung\s*an", r"kunde", r"auftraggeber(?:in)?",
        r"(?:waren_)?empfänger",
    ),
    "en": (
        r"(?:details\s*of\s*)?(?:buyer|receiver|recipient)(?:\s*\((?:bill|billed)\s*to\))?",
        r"(?:bill(?:ed)?|invoiced?|sold)\s*to", r"customer", r"client", r"prepared\s*for",
        r"invoice\s*for", r"payable\s*by", r"billing\s*address", r"m/s\.?", r"messrs\.?",
        r"(?:issued|charged)\s*to", r"for(?=\s*:?\s*$)", r"customer\s*(?:details|name)",
        r"consignee",
    ),
    "ms": (r"kepada", r"pembeli", r"pelanggan"),
    "fr": (
        r"factur[ée]e?\s*à", r"adressée?\s*à", r"destinataire", r"payable\s*par", r"acheteur",
        r"adresse\s*de\s*facturation",
    ),
    "es": (r"(?:datos\s*del\s*)?cliente", r"facturar\s*a", r"destinatario", r"comprador",
           r"receptor"),
    "it": (
        r"spett\.?\s?le", r"spettabile", r"acquirente", r"(?:cessionario\s*/?\s*)?committente",
        r"cessionario",
    ),
    "nl": (r"klant", r"factuur\s*aan", r"factuur_adres", r"opdrachtgever", r"afnemer"),
    "pt": (
        r"exmo\.?\s?\(?s?\)?\.?\s*(?:sr|senhor)\w*\.?\s?\(?(?:s|es)?\)?\.?",
        r"(?:faturar|faturado|fatura)\s*(?:a|para)", r"adquirente", r"destinatário",
    ),
    "pl": (r"(?:dane\s*)?nabywc[ay]", r"odbiorca", r"kupujący", r"zamawiający", r"płatnik"),
    "cs": (r"odběratel", r"kupující", r"zákazník", r"příjemce", r"objednatel"),
    "sv": (r"köpare", r"kund", r"faktura_?adress", r"mottagare", r"beställare"),
    "ja": (r"ご?請求先", r"宛先", r"お客様(?:名)?", r"得意先"),
    "zh": (
        r"购买方(?:信息|名称)?", r"买方", r"购货(?:单位|方)", r"购方(?:名称)?", r"客户(?:名称)?",
        r"付款(?:单位|方)",
    ),
    "ch": (r"zahlbar\s*durch",),
}  # fmt: skip
SELLER: Terms = {
    "de": (
        r"verkäufer", r"rechnungs_(?:steller|ersteller)", r"lieferant", r"leistungs_erbringer",
        r"(?:rechnungs_)?aussteller", r"absender", r"versender",
    ),
    "en": (
        r"(?:details\s*of\s*)?(?:seller|vendor|supplier)", r"(?:billed\s*|bill\s*)?from",
        r"(?:issued|sold)\s*by", r"shipper", r"consignor",
    ),
    "ms": (r"penjual", r"pembekal"),
    "fr": (r"vendeur", r"fournisseur", r"émetteur", r"prestataire", r"expéditeur"),
    "es": (r"proveedor", r"(?:datos\s*del\s*)?emisor", r"vendedor", r"remitente"),
    "it": (
        r"fornitore", r"(?:cedente\s*/?\s*)?prestatore", r"cedente", r"venditore", r"emittente",
        r"mittente",
    ),
    "nl": (r"leverancier", r"van", r"verkoper", r"opdrachtnemer", r"afzender"),
    "pt": (r"fornecedor", r"emitente", r"entidade\s*emitente", r"prestador"),
    "pl": (r"(?:dane\s*)?sprzedawc[ay]", r"wystawca", r"dostawca", r"sprzedający"),
    "cs": (r"dodavatel", r"prodávající", r"vystavil", r"poskytovatel"),
    "sv": (r"säljare", r"från", r"leverantör", r"avsändare"),
    "ja": (r"発行(?:元|者)", r"ご?請求元", r"差出人", r"販売元"),
    "zh": (r"销售方(?:信息|名称)?", r"卖方", r"销货(?:单位|方)", r"销方(?:名称)?",
           r"收款(?:单位|方)", r"开票单位"),
}  # fmt: skip
TAX_ID: Terms = {
    "de": (
        r"u_?st\.?_?id\.?_?(?:nr\.?)?", r"umsatzsteuer_id(?:ent\w*)?_?(?:nr\.?|nummer)?",
        r"uid_?(?:nr\.?)?",
    ),
    "en": (
        (r"(?<!faktura\s)(?:vat|gst|sst|tin|abn|(?:sales|service)\s*tax)\s*"
        r"(?:reg(?:istration|d)?\.?)?\s*"
        r"(?:number|no\.?|nr\.?|id|#)"),
        r"(?:vat|gst|sst|sales\s*tax|service\s*tax)\s*reg(?:istration|\.)",
        r"gst\s?in(?:\s?/\s?uin)?(?:\s*no\.?)?", r"abn",
    ),
    "ms": (r"(?:no\.?|nombor)\s*pendaftaran\s*(?:sst|cukai)",),
    "fr": (
        r"(?:n[°ºo]\.?|num[ée]ro)\s*(?:d['\u2019]identification\s*|de\s*)?tva(?:\s*intracom\w*\.?)?",
        r"tva\s*intracom\w*\.?",
    ),
    "es": (r"c\.?i\.?f\.?(?:\s?/\s?n\.?i\.?f\.?)?", r"n\.?i\.?f\.?(?:\s?/\s?c\.?i\.?f\.?)?"),
    "it": (r"p(?:art)?\.?\s?iva", r"partita\s*iva", r"cod(?:ice|\.)\s*iva",
           r"p\.\s?i\.(?=\s*:?\s*(?:IT)?\d)"),
    "nl": (r"btw_(?:nummer|nr\.?|id(?:entificatienummer)?)",),
    "pt": (
        r"n\.?\s?i\.?\s?p\.?\s?c\.?",
        r"(?:n\.?\s?[°ºo]\.?\s*(?:de\s*)?|número\s*de\s*)?contrib(?:uinte|\.)(?:\s*n\.?\s?[°ºo]\.?)?",
    ),
    "pl": (r"(?:nr\.?|numer)?\s*n\.?i\.?p\.?",),
    "cs": (r"di[čc](?:\s*č\.)?", r"daňové\s*identifikační\s*číslo"),
    "sv": (r"moms_?(?:reg(?:istrerings)?)?\.?_?(?:nr\.?|nummer)", r"(?<!faktura\s)vat_nr\.?"),
    "ja": (r"(?:適格請求書発行)?(?:事業者)?(?:インボイス)?登録番号",),
    "zh": (
        r"(?:统一社会信用代码\s*/\s*)?纳税人识别号码?", r"统一社会信用代码", r"税号",
    ),
}  # fmt: skip
