using System.CommandLine;

namespace SocialCard.Embedded.OpenApi;

/// <summary>Writes the description of the HTTP API, which is made from the code.</summary>
internal static class OpenApiCommand
{
    public static Command Create()
    {
        var output = new Option<FileInfo?>("--output")
        {
            Description = "The file to write; without it the console. The committed one is " + ApiDescription.File + ".",
            HelpName = "file",
        };
        var command = new Command("openapi", "Writes the description of the HTTP API (OpenAPI 3.1), made from the functions, their types and their comments.") { output };
        command.SetAction(async (parsed, stop) =>
        {
            var text = ApiDescription.Generate();
            if (parsed.GetValue(output) is { } file)
            {
                await File.WriteAllTextAsync(file.FullName, text, stop);
            }
            else
            {
                await Console.Out.WriteAsync(text.AsMemory(), stop);
            }

            return 0;
        });
        return command;
    }
}
