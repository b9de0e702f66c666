using SocialCard.Embedded;
using SocialCard.Functions;

var app = new EmbeddedApp(
    typeof(SocialCardServices).Assembly.GetTypes(),
    (services, configuration) => services.AddSocialCard(configuration),
    SamplePartners.SeedAsync);
return await CommandLine.RunAsync(args, app);
