using SocialCard.Embedded;
using SocialCard.Embedded.Demo;
using SocialCard.Functions;

var app = new EmbeddedApp(
    typeof(SocialCardServices).Assembly.GetTypes(),
    (services, configuration) => services.AddSocialCard(configuration),
    SamplePartners.SeedAsync,
    new EmbeddedDemo(DemoCity.Year, DemoCity.LiveAsync));
return await CommandLine.RunAsync(args, app);
