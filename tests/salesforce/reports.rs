//! What the report says, in its words.

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
fn the_report_tells_every_entry() {
    insta::assert_snapshot!(imported().report, @"");
}

#[test]
fn the_policy_says_what_is_switched_off() {
    let draft = imported().draft;
    draft.clone().build().unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&draft).unwrap(), @"");
}

#[test]
fn programs_read_the_report_as_data() {
    let report = serde_json::to_value(imported().report).unwrap();
    let finding = &report["rules"][0]["entries"][0]["findings"][1];
    insta::assert_snapshot!(serde_json::to_string_pretty(finding).unwrap(), @"");
    let field = &report["fields"][0];
    insta::assert_snapshot!(serde_json::to_string_pretty(field).unwrap(), @"");
}
