using System.Text.RegularExpressions;

namespace SocialCard.Embedded;

/// <summary>
/// What the framework logs, as logs may show it. It names instances, whose ids are made of card numbers: of these the last four characters
/// remain, in the text and in that of an exception.
/// </summary>
internal sealed partial class MaskedLoggers(ILoggerFactory inner) : ILoggerFactory
{
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public ILogger CreateLogger(string categoryName) => new Masked(inner.CreateLogger(categoryName));

    // The inner factory is its maker's.
    public void Dispose() { }

    internal static string Mask(string text) => CardNumber().Replace(text, "*****");

    [GeneratedRegex("(?<![0-9A-Za-z])[0-9A-Z]{5}(?=[0-9A-Z]{4}(?![0-9A-Za-z]))")]
    private static partial Regex CardNumber();

    private sealed class Masked(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!inner.IsEnabled(logLevel))
            {
                return;
            }

            string text = Mask(exception is null ? formatter(state, null) : $"{formatter(state, exception)} {exception}");
            inner.Log(logLevel, eventId, text, null, static (line, _) => line);
        }
    }
}
