//! What systems and people call the fields of a lead, in English, German, French, Spanish, Portuguese and
//! Chinese.

/// Names of one thing, by the name that a policy gives it, with `|` between them. The likelier ones come
/// first. Case, accents, spaces and punctuation do not matter.
pub(super) const SYNONYMS: [(&str, &str); 24] = [
    (
        "id",
        "Lead ID|Record ID|Record Id|Lead Number|Lead No.|Lead Nr.|Lead-Nr.|(Do Not Modify) Lead|\
         Lead - ID|Lead|Contact ID|Deal ID|Opportunity ID|Vid|Nr.|No.|Nummer|Number|Key|UUID|GUID|\
         Datensatz-ID|Lead-Nummer|Numéro|Identifiant|ID du lead|Número|Identificador|ID do lead|Código|\
         编号|线索编号|线索ID|客户编号|唯一ID|数据ID|唯一性ID|序号|\
         Record ID - Contact|Datensatz-ID - Contact|ID de registro|ID do registro|ID de piste|\
         (Nicht ändern) Lead|(Ne pas modifier) Prospect|(No modificar) Cliente potencial|\
         (Não Modificar) Cliente Potencial|Lead - Pipedrive System ID",
    ),
    (
        "account",
        "Account ID|Company ID|Associated Company ID|Associated Company IDs|\
         Primary Associated Company ID|Organization ID|Organization - ID|Kundennummer|Kunden-Nr.|\
         Account Number|Customer ID|Customer Number|Account Name|Company / Account|Firma/Account|\
         Company Name|Company|Organization - Name|Organization|Organisation|Associated Company|Customer|\
         Firma|Firmenname|Unternehmen|Kunde|Kundenname|Entreprise|Société|Client|Numéro de client|\
         Empresa|Cliente|Cuenta|Nombre de la empresa|Nome da empresa|Conta|客户ID|客户名称|公司名称|公司|企业名称|客户|\
         Associated Company IDs (Primary)|Lead - Organization ID|Associated Company (Primary)|\
         Lead - Organization|Unternehmensname|Société/Compte|Nom de la société|Compañía / Cuenta",
    ),
    (
        "received",
        "Received On|Received At|Created On|Created At|Create Date|Created Date|Created Time|\
         Date Created|Creation Date|CreatedDate|Lead Created|Lead - Lead created|Add Time|Timestamp|\
         Submitted At|Eingang|Eingegangen am|Erstellt am|Erstellungsdatum|Eingangsdatum|Angelegt am|\
         Datum|Date de création|Créé le|Reçu le|Fecha de creación|Creado el|Fecha|Data de criação|\
         Criado em|Data|创建时间|创建日期|提交时间|录入时间|Date|\
         Lead - Lead created on|Erstelldatum|Création le",
    ),
    (
        "region",
        "State/Province|State/Region|State|Province|Bundesland|Country/Region|Country|Land|Territory|\
         Sales Region|Address 1: State/Province|Address 1: Country/Region|Country Code|State Code|\
         Location|Zip Code|Postal Code|Zip|PLZ|Postleitzahl|City|Ort|Stadt|Gebiet|Vertriebsgebiet|\
         Kanton|Région|Département|Pays|Code postal|Ville|Región|Estado|Provincia|País|Código postal|\
         Ciudad|Região|UF|CEP|Cidade|省份|省|地区|区域|所在地区|所在省份|国家|国家/地区|城市|市|所在城市|省市|所属区域|\
         Address - State / Province|Address - Country / Region|Organization - State/county of Address|\
         Organization - Region of Address|Organization - Country of Address|ZIP/Postal Code|Land/Region|\
         País/región",
    ),
    (
        "industry",
        "Sector|Company Industry|Industry Sector|Vertical|Business Segment|Branche|Wirtschaftszweig|\
         Industrie|Secteur|Secteur d'activité|Industria|Ramo|Setor|Segmento|行业|所属行业|客户行业|一级行业|产业|\
         Organization - Industry",
    ),
    (
        "customer_size",
        "Number of Employees|NumberOfEmployees|No. of Employees|Employees|Employee Count|Company Size|\
         Headcount|Head Count|Size|Staff|Mitarbeiter|Mitarbeiterzahl|Anzahl Mitarbeiter|\
         Anzahl der Mitarbeiter|Firmengröße|Unternehmensgröße|Nombre d'employés|Effectif|Effectifs|\
         Número de empleados|Empleados|Número de funcionários|Funcionários|员工人数|员工数|人员规模|公司规模|企业规模|客户规模|\
         人数|规模|\
         职员数|Organization - Number of employees",
    ),
    (
        "product_line",
        "Product Interest|Product|Products|Product Family|Product Category|Interest|Interested In|\
         Solution|Produkt|Produktlinie|Produktinteresse|Produktgruppe|Interesse|Produit|Gamme|Producto|\
         Línea de producto|Produto|Linha de produto|产品线|产品|意向产品|感兴趣的产品|产品类别|需求产品",
    ),
    (
        "lifecycle_stage",
        "Lifecycle Stage|Lifecycle|Life Cycle Stage|Customer Stage|Lifecycle-Phase|Lebenszyklusphase|\
         Lebenszyklus|Phase du cycle de vie|Etapa del ciclo de vida|Fase do ciclo de vida|\
         Estágio do ciclo de vida|生命周期阶段|生命周期|客户阶段|客户级别",
    ),
    (
        "funnel_stage",
        "Lead Status|Status|Status Reason|Deal Stage|Stage|Sales Stage|Opportunity Stage|Pipeline Stage|\
         Lead Stage|Leadstatus|Vertriebsphase|Phase|Verkaufsphase|Statut|Statut du lead|Étape|\
         Estado del lead|Etapa|Status do lead|Fase|线索状态|销售阶段|跟进状态|阶段|状态|商机阶段|\
         Statut de la piste|Estado de candidato|Razón para el estado|潜在客户状态",
    ),
    (
        "source",
        "Lead Source|LeadSource|Original Source|Original Traffic Source|Origin|Channel|Source Channel|\
         Quelle|Leadquelle|Lead-Quelle|Herkunft|Origine|Source du lead|Origen|Fuente|Origem|\
         Origem do lead|Fonte|线索来源|来源|客户来源|渠道|来源渠道|\
         Lead - Source channel|Fuente original de tráfico|潜在客户来源",
    ),
    (
        "annual_revenue",
        "Revenue|AnnualRevenue|Yearly Revenue|Turnover|Umsatz|Jahresumsatz|Chiffre d'affaires|\
         Ingresos anuales|Facturación|Receita anual|Faturamento|年收入|年营业额|营业额|年销售额|\
         Organization - Annual revenue|Chiffre d'affaires annuel",
    ),
    (
        "budget",
        "Budget Amount|Estimated Budget|Est. Budget|Presupuesto|Orçamento|预算|预算金额|项目预算",
    ),
    (
        "deal_value",
        "Amount|Value|Deal Amount|Deal Value|Close Value|Lead - Value|Est. Value|Est. Revenue|\
         Estimated Value|Expected Revenue|Betrag|Wert|Auftragswert|Montant|Importe|Valor|金额|预计金额|商机金额",
    ),
    (
        "language",
        "Preferred Language|Locale|Sprache|Korrespondenzsprache|Langue|Idioma|Língua|语言|首选语言",
    ),
    (
        "company",
        "Company Name|Account Name|Organization|Organization - Name|Organisation|Associated Company|\
         Firma|Firmenname|Unternehmen|Entreprise|Société|Empresa|Nome da empresa|公司|公司名称|企业名称|客户名称|\
         Associated Company (Primary)|Lead - Organization|Unternehmensname|Nom de la société|\
         Nombre de la empresa",
    ),
    (
        "parent_company",
        "Parent Account|Parent Account Name|Parent Account for lead|Subsidiary Of|Muttergesellschaft|\
         Konzern|Société mère|Empresa matriz|Matriz|母公司|上级客户|集团",
    ),
    (
        "interests",
        "Tags|Tag|Labels|Lead - Labels|Topics|Schlagwörter|Themen|Étiquettes|Etiquetas|标签|兴趣|客户标签|\
         Lead - Label",
    ),
    (
        "vip",
        "Key Account|Is VIP|Priority Customer|Strategic|Schlüsselkunde|Großkunde|重点客户|大客户|VIP客户|是否重点客户|\
         是否VIP",
    ),
    (
        "marketing_consent",
        "Opt In|Opt-In|Consent|Newsletter|Einwilligung|Consentement|Consentimiento|Consentimento|订阅",
    ),
    (
        "opt_out",
        "Email Opt Out|HasOptedOutOfEmail|Do not contact|Unsubscribed|Do Not Email|Abgemeldet|退订",
    ),
    (
        "rating",
        "Lead Rating|Score|Lead Score|HubSpot Score|Bewertung|Note|Valoración|Calificación|Avaliação|\
         Pontuação|评分|线索评分|线索等级|等级|\
         分级",
    ),
    (
        "last_contact",
        "Last Contacted|Last Activity|Last Activity Date|Last Activity Time|Letzter Kontakt|\
         Letzte Aktivität|Dernier contact|Último contacto|Último contato|最后跟进时间|最近跟进时间|\
         Datum der letzten Aktivität|Última actividad",
    ),
    (
        "requested_on",
        "Request Date|Date of Request|Inquiry Date|Angefragt am|Anfragedatum|Date de la demande|\
         Fecha de solicitud|Data da solicitação|询价日期|需求日期",
    ),
    (
        "expected_close",
        "Close Date|Expected Close Date|Est. Close Date|Estimated Close Date|Abschlussdatum|\
         Voraussichtlicher Abschluss|Date de clôture|Fecha de cierre|Data de fechamento|预计成交日期|预计成交时间|\
         结单日期",
    ),
];
