// What somebody must look at, and who is told.

param location string
param tags object
param actionGroupName string

@description('The Application Insights component that is asked.')
param componentId string

@description('Who is told by mail. Nobody where it is empty: the alerts are then in the portal only.')
param emails string[]

// Counters and gauges are the service's own (meter SocialCard); failed orchestrations are what the durable extension logs.
var rules = [
  {
    name: 'poison-queues'
    description: 'Messages that could not be processed lie in a poison queue.'
    severity: 1
    query: 'customMetrics | where name == "socialcard.poison_messages" | extend queue = tostring(customDimensions.queue) | summarize arg_max(timestamp, valueMax) by queue | where valueMax > 0'
  }
  {
    name: 'late-timers'
    description: 'A deadline took effect more than 10 minutes after it had passed.'
    severity: 1
    query: 'customMetrics | where name == "socialcard.timers.late" and valueMax > 600'
  }
  {
    name: 'escalations'
    description: 'A reissue, an employer\'s batch or a civil event needs a decision by operations.'
    severity: 2
    query: 'customMetrics | where name == "socialcard.escalations" | summarize count = sum(valueSum) | where count > 0'
  }
  {
    name: 'failed-orchestrations'
    description: 'An orchestration ended with a fault: what it waited for will not happen by itself.'
    severity: 1
    query: 'traces | where customDimensions.Category == "Host.Triggers.DurableTask" and customDimensions.prop__functionType == "Orchestrator" and customDimensions.prop__state == "Failed"'
  }
  {
    name: 'webhook-signatures'
    description: 'Webhooks of a bank are refused for their signature: a secret that was not changed over, or somebody else.'
    severity: 2
    query: 'customMetrics | where name == "socialcard.webhooks.refused" | summarize count = sum(valueSum) by bank = tostring(customDimensions.bank) | where count >= 5'
  }
]

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(emails)) {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'SocialCard'
    emailReceivers: [
      for (email, i) in emails: {
        name: 'operations-${i}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${actionGroupName}-${rule.name}'
    location: location
    tags: tags
    properties: {
      displayName: 'SocialCard: ${rule.name}'
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [componentId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      actions: { actionGroups: empty(emails) ? [] : [actionGroup.id] }
    }
  }
]
