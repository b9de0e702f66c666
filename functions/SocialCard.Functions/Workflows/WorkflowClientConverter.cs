using System.Reflection;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Extensions.DependencyInjection;

namespace SocialCard.Functions.Workflows;

/// <summary>
/// Makes a client of what the host sends, by the converter that <see cref="DurableClientAttribute"/> names for parameters:
/// the binding of <see cref="WorkflowClientBinding"/> has no parameter that could name it.
/// </summary>
internal sealed class WorkflowClientConverter(IServiceProvider services) : IInputConverter
{
    private readonly IInputConverter ofParameters = (IInputConverter)ActivatorUtilities.CreateInstance(
        services, typeof(DurableClientAttribute).GetCustomAttribute<InputConverterAttribute>()!.ConverterType);

    /// <summary>Converts to a client; what is to become anything else is left to others.</summary>
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => ofParameters.ConvertAsync(context);
}
