//! The reports of imports, as text and as data.

use leadtree::salesforce::{Import, Imported};

const RULES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<AssignmentRules xmlns="http://soap.sforce.com/2006/04/metadata">
    <assignmentRule>
        <fullName>Web Leads</fullName>
        <active>true</active>
        <ruleEntry>
            <assignedTo>anna@example.com</assignedTo>
            <assignedToType>User</assignedToType>
            <booleanFilter>1 OR 2</booleanFilter>
            <criteriaItems>
                <field>Lead.Country</field>
                <operation>equals</operation>
                <value>France,Spain</value>
            </criteriaItems>
            <criteriaItems>
                <field>Lead.Site__c</field>
                <operation>within</operation>
                <value>48.8:2.3:10:km</value>
            </criteriaItems>
            <template>Folder/New_Lead</template>
        </ruleEntry>
        <ruleEntry>
            <criteriaItems>
                <field>Lead.CreatedDate</field>
                <operation>greaterThan</operation>
                <value>LAST 7 DAYS</value>
            </criteriaItems>
            <criteriaItems>
                <field>Lead.Signed__c</field>
                <operation>lessThan</operation>
                <value>3/4/2026</value>
            </criteriaItems>
        </ruleEntry>
        <ruleEntry>
            <assignedTo>Partners</assignedTo>
            <assignedToType>Queue</assignedToType>
            <formula>AND(CONTAINS(Company, "GmbH"), AnnualRevenue &gt; 1000000, ISNEW())</formula>
        </ruleEntry>
        <ruleEntry>
            <assignedTo>Partners</assignedTo>
            <assignedToType>Queue</assignedToType>
            <formula>BEGINS(PostalCode, "9") &amp;&amp; CONTAINS(Company, "GmbH")</formula>
        </ruleEntry>
        <ruleEntry>
            <assignedTo>Partners</assignedTo>
            <assignedToType>Partner</assignedToType>
            <booleanFilter>1 AND 3</booleanFilter>
            <criteriaItems>
                <field>Lead.Interests__c</field>
                <operation>includes</operation>
                <value>CRM</value>
            </criteriaItems>
            <criteriaItems>
                <field>Lead.Interests__c</field>
                <operation>equals</operation>
                <value>CRM;ERP</value>
            </criteriaItems>
        </ruleEntry>
        <ruleEntry>
            <assignedTo>Everyone</assignedTo>
            <assignedToType>Queue</assignedToType>
        </ruleEntry>
    </assignmentRule>
    <assignmentRule>
        <fullName>Old</fullName>
        <active>false</active>
        <ruleEntry>
            <assignedTo>Everyone</assignedTo>
            <assignedToType>Queue</assignedToType>
            <booleanFilter>1 AND AND 2</booleanFilter>
            <criteriaItems>
                <field>Lead.Rating</field>
                <operation>lessThan</operation>
                <value>Hot</value>
            </criteriaItems>
            <criteriaItems>
                <field>Lead.Rating</field>
                <operation>equals</operation>
                <valueField>Lead.Grade__c</valueField>
            </criteriaItems>
        </ruleEntry>
    </assignmentRule>
</AssignmentRules>
"#;

fn imported() -> Imported {
    Import::new().read(RULES).unwrap()
}

#[test]
fn the_report_lists_every_entry() {
    insta::assert_snapshot!(imported().report, @"
    rules: 2 (1 active); entries: 7 (2 with a formula)
    carried over exactly: 1; with differences: 1; in part: 2; not at all: 3

    fields:
      Lead.Country: attribute `Country` (text)
      Lead.CreatedDate: attribute `CreatedDate` (date)
      Lead.Signed__c: attribute `Signed__c` (date)
      Company: attribute `Company` (text)
      AnnualRevenue: attribute `AnnualRevenue` (number)
      PostalCode: attribute `PostalCode` (text)
      Lead.Interests__c: attribute `Interests__c` (tags)
      Lead.Rating: attribute `Rating` (text)

    teams:
      user `anna@example.com`: team `anna@example.com`
      queue `Partners`: team `Partners`; add its members
      partner `Partners`: team `Partners (partner)`; add its members
      queue `Everyone`: team `Everyone`; add its members

    rule `Web Leads` (active):
      entry 1 (line 6): carried over in part, switched off
        `template` (`Folder/New_Lead`) is not carried over
        criterion 2 (line 15), Lead.Site__c within `48.8:2.3:10:km`: policies have no distances; define the places as regions and name those
      entry 2 (line 22): not carried over, switched off
        criterion 1 (line 23), Lead.CreatedDate greaterThan `LAST 7 DAYS`: `LAST 7 DAYS` depends on the current day, and policies have no clock; give leads a flag instead, or the rule a period
        criterion 2 (line 28), Lead.Signed__c lessThan `3/4/2026`: whether the day or the month comes first in `3/4/2026` depends on the locale; set the date format of the import
      entry 3 (line 34): carried over in part, switched off
        `ISNEW` in the formula is not a plain comparison; give leads a flag with the result instead
        Company contains `GmbH`: the formula is case-sensitive here, the policy is not
      entry 4 (line 39): carried over, with differences
        Company contains `GmbH`: the formula is case-sensitive here, the policy is not
      entry 5 (line 44): not carried over, switched off
        the filter logic refers to criterion 3, which does not exist
        criterion 2 (line 53), Lead.Interests__c equals `CRM;ERP`: requires exactly these values to be selected; write `contains all of`, and exclude the other values
      entry 6 (line 59): carried over exactly

    rule `Old` (inactive):
      entry 1 (line 67): not carried over, switched off
        the filter logic cannot be read: expected the number of a criterion, `NOT` or `(` at character 7
        criterion 1 (line 71), Lead.Rating lessThan `Hot`: `lessThan` cannot test a text, the kind of the field
        criterion 2 (line 76), Lead.Rating equals `Lead.Grade__c`: compares with the field `Lead.Grade__c`; give leads a flag with the result instead
    ");
}

#[test]
fn the_policy_says_what_is_switched_off() {
    let draft = imported().draft;
    draft.clone().build().unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&draft).unwrap(), @r#"
    {
      "description": "Lead assignment rules of Salesforce",
      "attributes": {
        "Country": "text",
        "CreatedDate": "date",
        "Signed__c": "date",
        "Company": "text",
        "AnnualRevenue": "number",
        "PostalCode": "text",
        "Interests__c": "tags",
        "Rating": "text"
      },
      "pools": [
        "owner-stays"
      ],
      "teams": [
        {
          "id": "anna@example.com",
          "description": "User `anna@example.com` of Salesforce",
          "members": [
            "anna@example.com"
          ]
        },
        {
          "id": "Partners",
          "description": "Queue `Partners` of Salesforce"
        },
        {
          "id": "Partners (partner)",
          "description": "Partner `Partners` of Salesforce"
        },
        {
          "id": "Everyone",
          "description": "Queue `Everyone` of Salesforce"
        }
      ],
      "rules": [
        {
          "group": "Web Leads",
          "rules": [
            {
              "id": "Web Leads/1",
              "description": "Switched off: criterion 2 (line 15), Lead.Site__c within `48.8:2.3:10:km`: policies have no distances; define the places as regions and name those.",
              "enabled": false,
              "when": "Country in (France, Spain)",
              "assign_to": "anna@example.com"
            },
            {
              "id": "Web Leads/2",
              "description": "Switched off: criterion 1 (line 23), Lead.CreatedDate greaterThan `LAST 7 DAYS`: `LAST 7 DAYS` depends on the current day, and policies have no clock; give leads a flag instead, or the rule a period; criterion 2 (line 28), Lead.Signed__c lessThan `3/4/2026`: whether the day or the month comes first in `3/4/2026` depends on the locale; set the date format of the import.",
              "enabled": false,
              "when": "not always",
              "assign_to": {
                "pool": "owner-stays"
              }
            },
            {
              "id": "Web Leads/3",
              "description": "Switched off: `ISNEW` in the formula is not a plain comparison; give leads a flag with the result instead.",
              "enabled": false,
              "when": "Company contains GmbH and AnnualRevenue > 1000000",
              "assign_to": "Partners"
            },
            {
              "id": "Web Leads/4",
              "when": "PostalCode starts with '9' and Company contains GmbH",
              "assign_to": "Partners"
            },
            {
              "id": "Web Leads/5",
              "description": "Switched off: the filter logic refers to criterion 3, which does not exist; criterion 2 (line 53), Lead.Interests__c equals `CRM;ERP`: requires exactly these values to be selected; write `contains all of`, and exclude the other values.",
              "enabled": false,
              "when": "not always",
              "assign_to": "Partners (partner)"
            },
            {
              "id": "Web Leads/6",
              "assign_to": "Everyone"
            }
          ]
        },
        {
          "group": "Old",
          "enabled": false,
          "rules": [
            {
              "id": "Old/1",
              "description": "Switched off: the filter logic cannot be read: expected the number of a criterion, `NOT` or `(` at character 7; criterion 1 (line 71), Lead.Rating lessThan `Hot`: `lessThan` cannot test a text, the kind of the field; criterion 2 (line 76), Lead.Rating equals `Lead.Grade__c`: compares with the field `Lead.Grade__c`; give leads a flag with the result instead.",
              "enabled": false,
              "when": "not always",
              "assign_to": "Everyone"
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn programs_read_the_report_as_data() {
    let report = serde_json::to_value(imported().report).unwrap();
    let finding = &report["rules"][0]["entries"][0]["findings"][1];
    insta::assert_snapshot!(serde_json::to_string_pretty(finding).unwrap(), @r#"
    {
      "criterion": 2,
      "line": 15,
      "message": "policies have no distances; define the places as regions and name those",
      "remark": {
        "code": "distance"
      },
      "severity": "loss",
      "test": "Lead.Site__c within `48.8:2.3:10:km`"
    }
    "#);
    let field = &report["fields"][0];
    insta::assert_snapshot!(serde_json::to_string_pretty(field).unwrap(), @r#"
    {
      "becomes": {
        "attribute": {
          "kind": "text",
          "name": "Country"
        }
      },
      "field": "Lead.Country"
    }
    "#);
}
