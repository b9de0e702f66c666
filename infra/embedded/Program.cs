using SocialCard;
using SocialCard.Embedded;

var app = EmbeddedApp.Of(
    typeof(SocialCardServices).Assembly,
    (services, configuration) => services.AddSocialCard(configuration),
    SamplePartners.SeedAsync);
return await new CommandLine().RunAsync(args, app);
