using System.Globalization;
using BelcoFunctions.Pipeline.Settings;
using Microsoft.Extensions.Configuration;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>How long closed conversations stay before they are erased.</summary>
/// <param name="ClosedConversationDays">A closed conversation is erased after this many days without an item; null for
/// never.</param>
public sealed record RetentionSettings(int? ClosedConversationDays = null)
{
    /// <summary>The shortest retention: a typing error must not erase a conversation that is still in use.</summary>
    public const int MinDays = 30;

    // A hundred years. It also keeps the date in the range of the tables.
    private const int MaxDays = 36_500;

    /// <summary>Reads the setting <c>Retention__ClosedConversationDays</c>.</summary>
    /// <exception cref="SettingsException">It is not a number of days.</exception>
    public static RetentionSettings Read(IConfiguration configuration)
    {
        // The template sets unused settings to empty text.
        if (configuration["Retention:ClosedConversationDays"] is not { Length: > 0 } text) return new RetentionSettings();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is >= MinDays and <= MaxDays)
        {
            return new RetentionSettings(days);
        }

        throw new SettingsException(
            [$"Retention__ClosedConversationDays is not a whole number from {MinDays} to {MaxDays}; "
                + "set it to a number of days, or remove it to keep conversations."]);
    }
}
