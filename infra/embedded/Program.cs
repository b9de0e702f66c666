using System.Reflection;
using SocialCard.Embedded;

return await new CommandLine().RunAsync(args, EmbeddedApp.Of(Assembly.GetEntryAssembly()!, (_, _) => { }));
