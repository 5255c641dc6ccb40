"""The words that invoices use for the numbers of orders, customers and payments, as in `terms`.

A loose term is also used for other things, such as a person or a name: it counts only before a
text that is nothing but a number.
"""

from analysis.extract.invoice.terms import Terms

ORDER: Terms = {
    "de": (
        r"(?:ihre\s*|kunden_?)?bestell_(?:nummer|nr\.?|referenz)",
        r"ihre?\s*(?:bestellung|order|auftrag)(?:s?_?(?:nr|nummer)\.?)?(?:\s*(?:vom|nr\.?))?",
        r"bestellung(?:\s*nr\.?)?", r"(?:kunden|ihre?)_auftrags?_?(?:nummer|nr\.?)",
    ),
    "en": (
        (r"(?:your|customer(?:'s)?|client|cust\.?|buyer[s'\u2019]*)\s*"
        r"(?:(?:purchase\s*)?order|p\.?\s?o\.?)(?![a-z])\s*(?:number|no\.?|nr\.?|#|"
        r"ref(?:erence)?\.?)?"),
        r"p\.?\s?o\.?\s*(?:number|num\.?|no\.?|nr\.?|#|ref(?:erence)?\.?)",
        r"purchase\s*order\s*(?:number|no\.?|nr\.?|#|ref(?:erence)?\.?)?",
        r"order\s*ref(?:erence)?\.?",
    ),
    "ms": (r"(?:no\.?|nombor)\s*pesanan(?:\s*(?:belian|pelanggan))?",),
    "fr": (
        (r"(?:v(?:otre|os|/|\.)\s*/?\s*)(?:commande|bon\s*de\s*commande|n[°º]\.?\s*de\s*commande)"
        r"(?:\s*(?:n[°º]\.?|du))?"),
        r"(?:bon|n[°º]\.?|num[ée]ro|r[ée]f(?:[ée]rence)?\.?)\s*(?:de\s*)?(?:votre\s*)?commande",
        r"commande\s*(?:client\s*)?n[°º]\.?", r"commande\s*client",
    ),
    "es": (
        r"(?:su|vuestro|s/)\s*(?:n[°º]\.?\s*(?:de\s*)?)?pedido(?:\s*n[°º]\.?)?",
        r"n[°º]\.?\s*(?:de\s*)?(?:su\s*)?pedido", r"pedido\s*(?:cliente|n[°º]\.?)",
        r"(?:n[°º]\.?\s*(?:de\s*)?)?orden\s*de\s*compra(?:\s*n[°º]\.?)?",
    ),
    "it": (
        r"(?:vs\.?|vostro|v/)\s*/?\s*(?:n\.?\s*)?ordine(?:\s*(?:n[.°º]?|nr\.?|numero))?(?![a-z])",
        r"(?:rif(?:erimento|\.)?|n[.°º]|numero)\s*(?:vs\.?\s*)?ordine(?:\s*cliente)?",
        r"ordine\s*(?:(?:d['\u2019]|di\s*)acquisto|cliente)(?:\s*n[.°º])?", r"ordine\s*n[.°º]",
    ),
    "nl": (
        r"uw\s*(?:inkoop|aankoop)?(?:order|bestelling|opdracht|bestel|bon)(?:_?(?:nummer|nr\.?))?",
        r"inkoop_?order(?:_?(?:nummer|nr\.?))?",
        r"(?:klant)?bestel_?(?:nummer|nr\.?)", r"inkoop_?(?:nummer|nr\.?)", r"po_(?:nummer|nr\.?)",
    ),
    "pt": (
        (r"(?:v(?:ossa|/|\.)\s*/?\s*)(?:n[.°º]+\s*(?:de\s*)?)?(?:encomenda|requisição|"
        r"nota\s*de\s*encomenda)"
        r"(?:\s*n[.°º]+)?"),
        r"(?:n[.°º]+\s*(?:de\s*|da\s*)?|nota\s*de\s*)(?:encomenda|requisição)(?:\s*n[.°º]+)?",
        r"(?:encomenda|requisição)\s*(?:n[.°º]+|do\s*cliente)",
    ),
    "pl": (
        r"(?:nr|numer)\.?\s*(?:państwa\s*)?zamówienia(?:\s*klienta)?",
        r"(?:państwa\s*|wasze\s*)?zamówienie(?:\s*(?:klienta|nr\.?|numer))?",
    ),
    "cs": (
        r"(?:číslo|č\.)\s*(?:vaší\s*)?obj(?:ednávky|\.)",
        r"(?:vaše\s*)?objednávka(?:\s*(?:č\.|číslo|zákazníka))?", r"obj\.\s*č\.",
    ),
    "sv": (
        r"(?:ert?|er|din|kundens)\s*(?:inköps_?)?(?:order|beställning)s?(?:_?(?:nr\.?|nummer))?",
        r"(?:inköps_?order|beställnings?)_?(?:nr\.?|nummer)", r"inköpsorder",
    ),
    "da": (
        r"(?:jeres|deres|din)\s*(?:indkøbs)?ordre(?:_?(?:nr\.?|nummer))?",
        r"rekvisitions?_?(?:nr\.?|nummer)",
    ),
    "ja": (r"(?:[ご御貴](?:社)?)?(?:注文|発注)(?:書)?(?:番号|No\.?|NO\.?)",),
    "zh": (r"(?:采购|客户|贵方|购货)?(?:订单|訂單|定单)(?:编号|号码|號碼|号|單號)",),
}  # fmt: skip
LOOSE_ORDER: Terms = {
    "de": (r"ihr(?:e)?\s*(?:zeichen|referenz|ref\.?)",),
    "en": (
        (r"(?:your|customer|client|cust\.?|buyer[s'\u2019]*)\s*ref(?:erence)?\.?(?:\s*(?:no\.?|"
        r"number|#))?"),
        r"p\.?\s?o\.?(?![a-z])(?!\s*box)",
    ),
    "fr": (r"(?:votre|vos|v/)\s*/?\s*r[ée]f(?:[ée]rences?|s?\.)?(?![a-z])",),
    "es": (r"(?:su|s/)\s*(?:ref(?:erencia|\.)?)(?![a-z])",),
    "it": (r"(?:vs\.?|vostro)\s*rif(?:erimento|\.)?(?![a-z])",),
    "nl": (r"uw\s*(?:referentie|ref\.?|kenmerk)",),
    "pt": (r"v(?:ossa|/)\s*/?\s*ref(?:erência|\.)?(?![a-z])",),
    "sv": (r"(?:er|ert|din)\s*(?:referens|ref\.?)(?:_?(?:nr\.?|nummer))?",),
    "da": (r"(?:deres|jeres)\s*ref(?:erence|\.)?(?![a-z])",),
}  # fmt: skip
BARE_ORDER: Terms = {
    "en": (r"order\s*(?:number|no\.?|nr\.?|#)",),
    "fr": (r"(?:n[°º]\.?\s*(?:de\s*)?)commande", r"commande"),
    "es": (r"pedido",), "it": (r"ordine",), "nl": (r"order_?(?:nummer|nr\.?)",),
    "pt": (r"encomenda",), "sv": (r"order_?(?:nr\.?|nummer)",), "da": (r"ordre_?(?:nr\.?|nummer)",),
}  # fmt: skip
"""Labels of an order that is the buyer's if the document names no other one."""
CUSTOMER: Terms = {
    "de": (
        r"kunden_(?:nummer|nr\.?|konto)", r"kd\.?_?nr\.?", r"debitor(?:en)?_?(?:nummer|nr\.?)",
        r"kunde\s*(?:nr\.?|nummer)",
    ),
    "en": (
        r"(?:customer|client|account|cust\.?|acct\.?|a/c)\s*(?:number|no\.?|nr\.?|id|#|code)",
    ),
    "ms": (r"(?:no\.?|nombor|kod)\s*(?:akaun|pelanggan)",),
    "fr": (
        (r"(?:n[°º]\.?|num[ée]ro|code|r[ée]f(?:[ée]rence)?\.?|"
        r"compte)\s*(?:de\s*)?(?:compte\s*)?client"),
        r"client\s*n[°º]\.?",
    ),
    "es": (
        r"(?:n[°º]\.?|número|c[óo]d(?:igo|\.)?)\s*(?:de(?:l)?\s*)?cliente", r"cliente\s*n[°º]\.?",
    ),
    "it": (r"(?:codice|cod\.?|numero|n\.)\s*cliente", r"cliente\s*n\."),
    "nl": (
        r"(?:klant|debiteur(?:en)?|relatie)_?(?:nummer|nr\.?|code)",
    ),
    "pt": (
        r"(?:n\.?\s?[°º]\.?|número|c[óo]d(?:igo|\.)?)\s*(?:d[eo]\s*)?cliente",
        r"cliente\s*n\.?\s?[°º]\.?",
    ),
    "pl": (r"(?:nr|numer|kod|symbol)\.?\s*(?:klienta|kontrahenta|odbiorcy|nabywcy)",),
    "cs": (
        r"(?:číslo|č\.|kód)\s*(?:zákazníka|odběratele)", r"zákaznické\s*číslo",
    ),
    "sv": (r"kund_?(?:nr\.?|nummer|id)",),
    "da": (r"kunde_?(?:nr\.?|nummer|id)", r"debitor_?(?:nr\.?|nummer)"),
    "ja": (r"(?:お客様|顧客|得意先|御得意先)(?:番号|コード|No\.?|ID)",),
    "zh": (r"(?:客户|客戶)(?:编号|編號|号码?|代码|编码)",),
}  # fmt: skip
LOOSE_CUSTOMER: Terms = {
    "de": (r"kunde",),
    "en": (r"account", r"acct\.?", r"a/c", r"customer", r"client"),
    "es": (r"cliente",),
    "nl": (r"klant", r"debiteur"),
    "pl": (r"klient",),
    "cs": (r"zákazník",),
    "sv": (r"kund",),
}  # fmt: skip
CUSTOMER_REFERENCE: Terms = {
    "en": (r"(?:customer|client|cust\.?)\s*ref(?:erence)?\.?(?:\s*(?:no\.?|number|#))?",),
    "de": (r"kunden_?(?:referenz|zeichen)",),
    "fr": (r"r[ée]f(?:[ée]rence|\.)?\s*client",),
    "es": (r"ref(?:erencia|\.)?\s*(?:del?\s*)?cliente",),
    "nl": (r"klant_?(?:referentie|kenmerk)",),
}  # fmt: skip
"""Labels of the customer's number if the order has another label, otherwise of the order's."""
PAYMENT: Terms = {
    "de": (
        r"zahlungs_referenz", r"verwendungs_zweck", r"referenz(?:_nummer)?",
        r"(?:strukturierte\s*mitteilung)",
    ),
    "en": (
        r"payment\s*ref(?:erence|\.)?(?:\s*(?:number|no\.?|#))?(?![a-z])",
        r"remittance\s*ref(?:erence|\.)?",
        r"(?:quote|state|use)\s*(?:the\s*)?ref(?:erence|\.)?", r"structured\s*communication",
    ),
    "fr": (
        r"référence\s*(?:de\s*|du\s*)?(?:paiement|virement)",
        r"communication\s*(?:structurée|libre)", r"communication(?=\s*:)",
    ),
    "es": (r"referencia\s*(?:de(?:l)?\s*)?pago",),
    "it": (r"riferimento(?:\s*pagamento)?", r"causale\s*(?:del\s*)?(?:pagamento|bonifico)"),
    "nl": (r"betalings_?kenmerk", r"gestructureerde\s*mededeling", r"mededeling(?=\s*:)",
           r"betaal_?kenmerk"),
    "pt": (r"referência\s*(?:de\s*pagamento|multibanco|mb)",
           r"refer[êe]ncia(?=\s*:?\s*\d{3}\s?\d{3}\s?\d{3}\b)"),
    "pl": (r"tytuł(?:em)?\s*(?:przelewu|płatności|wpłaty)",),
    "cs": (r"variabilní\s*symbol", r"var\.?\s*symbol", r"v\.?\s?s\.?(?=\s*:)"),
    "sv": (r"(?-i:OCR)(?:_?(?:nr\.?|nummer|referens))?", r"betalnings_?referens"),
    "da": (r"(?-i:KID)(?:_?(?:nr\.?|nummer|kode))?", r"betalings_?id", r"fi_?kode"),
    "ja": (r"振込(?:番号|コード)", r"(?:支払|決済)(?:参照)?番号"),
    "zh": (r"付款(?:参考|备注)(?:号码?)?",),
}  # fmt: skip
PAID: Terms = {
    "de": (
        (r"(?:erhaltene|geleistete)?\s*(?:an|voraus|abschlags?|teil|"
        r"akonto)_?zahlung(?:en)?(?:\s*(?:vom|erhalten))?"),
        r"bereits\s*(?:be|ge|er)\w*zahlt(?:er\s*betrag)?",
        r"bereits\s*(?:geleistet|erhalten|beglichen)\w*",
        r"(?:abzüglich|abzgl\.?|minus|\./\.)\s*(?:bereits\s*)?(?:be|ge)?zahlt\w*",
        r"(?:gezahlt|bezahlt)(?:er\s*betrag)?", r"geleistete\s*abschläge",
    ),
    "en": (
        r"payments?(?:\s*/\s*credits?|\s*received|\s*made)?",
        r"(?:amount\s*|already\s*|less\s*)?paid(?:\s*(?:to\s*date|on\s*account|already))?",
        (r"(?:less\s*:?\s*)?(?:deposit|advance|down\s*payment|prepayment|retainer)s?"
        r"(?:\s*(?:paid|received|applied))?"),
    ),
    "fr": (
        r"acomptes?(?:\s*(?:versé|reçu|déduit|réglé|payé)s?)?", r"déjà\s*(?:payé|réglé|versé)e?s?",
        r"avance(?:\s*versée)?", r"montant\s*(?:payé|réglé|versé)", r"règlements?\s*reçus?",
    ),
    "es": (
        r"anticipos?(?:\s*(?:recibido|entregado|pagado)s?)?", r"(?:a\s*cuenta|ya\s*pagado|pagado)",
        r"entregas?\s*a\s*cuenta", r"importe\s*pagado", r"señal(?:\s*entregada)?",
    ),
    "it": (
        r"acconto(?:\s*(?:versato|ricevuto|già\s*versato))?",
        r"(?:già\s*)?(?:pagato|versato|saldato)",
        r"importo\s*(?:pagato|versato)", r"anticipo(?:\s*versato)?",
    ),
    "nl": (
        r"aanbetaling(?:\s*(?:voldaan|ontvangen))?",
        r"(?:al|reeds)\s*(?:betaald|voldaan|ontvangen)",
        r"(?:betaalde?|voldane)\s*(?:bedrag|voorschotten|termijnen)", r"voorschot(?:ten)?",
        r"in\s*rekening\s*gebrachte\s*(?:voorschotten|termijnen)",
    ),
    "pt": (
        r"adiantamento(?:s)?(?:\s*(?:recebido|pago)s?)?", r"(?:já\s*)?(?:pago|liquidado)(?=\W)",
        r"valor\s*(?:já\s*)?pago", r"sinal(?:\s*(?:pago|recebido))?",
    ),
    "pl": (r"(?:już\s*)?(?:zapłacono|wpłacono|opłacono)", r"zaliczka", r"przedpłata",
           r"kwota\s*zapłacona"),
    "cs": (r"(?:již\s*)?(?:uhrazeno|zaplaceno)",
           r"(?:uhrazená\s*|zaplacená\s*)?záloha(?:\s*uhrazena)?",
           r"odpočet\s*záloh\w*"),
    "sv": (r"(?:redan\s*)?(?:betalt|inbetalt)", r"förskott(?:sbetalning)?", r"handpenning",
           r"erhållet\s*(?:förskott|belopp)"),
    "ms": (r"(?:telah\s*)?(?:dibayar|bayaran\s*diterima)", r"deposit"),
    "ja": (r"(?:入金|既収|お?支払済(?:み)?|前受|前払|内入)(?:額|金額?|金)?",),
    "zh": (r"(?:已付|已收|预付|已缴)(?:款项?|金额|定金)?", r"定金"),
}  # fmt: skip
