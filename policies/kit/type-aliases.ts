/** Former names of resource types, and second ones, with the name that rules use. Made by `npm run aliases`. */
export const TYPE_ALIASES: Readonly<Record<string, string>> = {
  "aws:alb/listener:Listener": "aws:lb/listener:Listener",
  "aws:alb/listenerCertificate:ListenerCertificate": "aws:lb/listenerCertificate:ListenerCertificate",
  "aws:alb/listenerRule:ListenerRule": "aws:lb/listenerRule:ListenerRule",
  "aws:alb/loadBalancer:LoadBalancer": "aws:lb/loadBalancer:LoadBalancer",
  "aws:alb/targetGroup:TargetGroup": "aws:lb/targetGroup:TargetGroup",
  "aws:alb/targetGroupAttachment:TargetGroupAttachment": "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:applicationloadbalancing/listener:Listener": "aws:lb/listener:Listener",
  "aws:applicationloadbalancing/listenerCertificate:ListenerCertificate":
    "aws:lb/listenerCertificate:ListenerCertificate",
  "aws:applicationloadbalancing/listenerRule:ListenerRule": "aws:lb/listenerRule:ListenerRule",
  "aws:applicationloadbalancing/loadBalancer:LoadBalancer": "aws:lb/loadBalancer:LoadBalancer",
  "aws:applicationloadbalancing/targetGroup:TargetGroup": "aws:lb/targetGroup:TargetGroup",
  "aws:applicationloadbalancing/targetGroupAttachment:TargetGroupAttachment":
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:chime/voiceConnectorOrganization:VoiceConnectorOrganization":
    "aws:chime/voiceConnectorOrigination:VoiceConnectorOrigination",
  "aws:directoryservice/conditionalForwader:ConditionalForwader":
    "aws:directoryservice/conditionalForwarder:ConditionalForwarder",
  "aws:directoryservice/logService:LogService": "aws:directoryservice/logSubscription:LogSubscription",
  "aws:ec2/encryptionControl:EncryptionControl": "aws:ec2/vpcEncryptionControl:VpcEncryptionControl",
  "aws:ec2/transitGatewayPeeringAttachmentAccepter:TransitGatewayPeeringAttachmentAccepter":
    "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
  "aws:elasticloadbalancing/appCookieStickinessPolicy:AppCookieStickinessPolicy":
    "aws:elb/appCookieStickinessPolicy:AppCookieStickinessPolicy",
  "aws:elasticloadbalancing/attachment:Attachment": "aws:elb/attachment:Attachment",
  "aws:elasticloadbalancing/listenerPolicy:ListenerPolicy": "aws:elb/listenerPolicy:ListenerPolicy",
  "aws:elasticloadbalancing/loadBalancer:LoadBalancer": "aws:elb/loadBalancer:LoadBalancer",
  "aws:elasticloadbalancing/loadBalancerBackendServerPolicy:LoadBalancerBackendServerPolicy":
    "aws:elb/loadBalancerBackendServerPolicy:LoadBalancerBackendServerPolicy",
  "aws:elasticloadbalancing/loadBalancerCookieStickinessPolicy:LoadBalancerCookieStickinessPolicy":
    "aws:elb/loadBalancerCookieStickinessPolicy:LoadBalancerCookieStickinessPolicy",
  "aws:elasticloadbalancing/loadBalancerPolicy:LoadBalancerPolicy":
    "aws:elb/loadBalancerPolicy:LoadBalancerPolicy",
  "aws:elasticloadbalancing/sslNegotiationPolicy:SslNegotiationPolicy":
    "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy",
  "aws:elasticloadbalancingv2/listener:Listener": "aws:lb/listener:Listener",
  "aws:elasticloadbalancingv2/listenerCertificate:ListenerCertificate":
    "aws:lb/listenerCertificate:ListenerCertificate",
  "aws:elasticloadbalancingv2/listenerRule:ListenerRule": "aws:lb/listenerRule:ListenerRule",
  "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer": "aws:lb/loadBalancer:LoadBalancer",
  "aws:elasticloadbalancingv2/targetGroup:TargetGroup": "aws:lb/targetGroup:TargetGroup",
  "aws:elasticloadbalancingv2/targetGroupAttachment:TargetGroupAttachment":
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  "aws:lambda/microvmsImage:MicrovmsImage": "aws:lambdamicrovms/image:Image",
  "aws:s3/BucketObject:BucketObject": "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/bucketAccelerateConfigurationV2:BucketAccelerateConfigurationV2":
    "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration",
  "aws:s3/bucketAclV2:BucketAclV2": "aws:s3/bucketAcl:BucketAcl",
  "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2":
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2":
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLoggingV2:BucketLoggingV2": "aws:s3/bucketLogging:BucketLogging",
  "aws:s3/bucketObject:BucketObject": "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2":
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketRequestPaymentConfigurationV2:BucketRequestPaymentConfigurationV2":
    "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2":
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketV2:BucketV2": "aws:s3/bucket:Bucket",
  "aws:s3/bucketVersioningV2:BucketVersioningV2": "aws:s3/bucketVersioning:BucketVersioning",
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2":
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  "aws:ses/confgurationSet:ConfgurationSet": "aws:ses/configurationSet:ConfigurationSet",
  "aws:workspaces/webBrowserSettings:WebBrowserSettings": "aws:workspacesweb/browserSettings:BrowserSettings",
  "aws:workspaces/webNetworkSettings:WebNetworkSettings": "aws:workspacesweb/networkSettings:NetworkSettings",
  "aws:workspaces/webUserSettings:WebUserSettings": "aws:workspacesweb/userSettings:UserSettings",
};
