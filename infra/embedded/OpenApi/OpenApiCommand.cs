using System.CommandLine;

namespace SocialCard.Embedded.OpenApi;

/// <summary>Writes the description of the HTTP API, which is made from the code.</summary>
internal static class OpenApiCommand
{
    public static Command Create()
    {
        var output = new Option<FileInfo?>("--output")
        {
            Description = "The file to write, without it the console. What dotnet run starts stands in infra/embedded:"
                + $" \"$PWD/{ApiDescription.File}\" is the committed one. {Path.GetFileName(CommandTable.File)} is written beside it.",
            HelpName = "file",
        };
        var command = new Command(
            "openapi", "Writes the description of the HTTP API (OpenAPI 3.1), made from the functions, their types and their comments.")
        {
            output,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var text = ApiDescription.Generate();
            if (parsed.GetValue(output) is not { } file)
            {
                await Console.Out.WriteAsync(text.AsMemory(), stop);
                return 0;
            }

            try
            {
                await File.WriteAllTextAsync(file.FullName, text, stop);
                await File.WriteAllTextAsync(
                    Path.Combine(file.DirectoryName!, Path.GetFileName(CommandTable.File)), CommandTable.Generate(), stop);
                return 0;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync(fault.Message);
                return 1;
            }
        });
        return command;
    }
}
