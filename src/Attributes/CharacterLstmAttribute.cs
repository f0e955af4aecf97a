namespace SdCompiler;

/// <summary>
/// One vector for each word from its characters, read by an LSTM in each direction: the state of the forward direction at the word's last character, then that of the backward direction at
/// its first (Lample et al. 2016, arXiv:1603.01360). An input of the model, whose batch property takes the characters of every word.
/// </summary>
public sealed class CharacterLstmAttribute : LayerAttribute
{
    /// <summary>A layer whose number of characters is a dimension of the model.</summary>
    /// <param name="characters">The name of a <see cref="DimensionAttribute"/> property.</param>
    /// <param name="width">The length of a character's vector.</param>
    public CharacterLstmAttribute(string characters, int width)
    {
        Characters = characters;
        Width = width;
    }

    /// <summary>A layer whose number of characters is a constant.</summary>
    /// <param name="characters">How many different characters there are.</param>
    /// <param name="width">The length of a character's vector.</param>
    public CharacterLstmAttribute(int characters, int width)
    {
        CharacterCount = characters;
        Width = width;
    }

    /// <summary>The name of the dimension that counts characters, or null.</summary>
    public string? Characters { get; }

    /// <summary>The constant number of characters, or 0.</summary>
    public int CharacterCount { get; }

    /// <summary>The length of a character's vector.</summary>
    public int Width { get; }

    /// <summary>Hidden units of each direction: a word's vector is twice as long.</summary>
    public int Units { get; set; } = 25;

    /// <summary>The most characters of a word; arrays have as many places for each.</summary>
    public int MaximumLength { get; set; } = 20;

    /// <summary>
    /// Drop probability of the numbers of the characters' vectors, alike for both directions. The structured patterns drop the same numbers of all words at a character's place; the random ones
    /// draw for each word of the window.
    /// </summary>
    public double InputDropout { get; set; }

    /// <summary>The pattern of input dropout, where it differs from the class's or the variant's.</summary>
    public DropoutPattern InputPattern { get; set; }

    /// <summary>The first value of the forget gates' bias; NaN (the default) leaves it to the initialiser.</summary>
    public double ForgetBias { get; set; } = double.NaN;
}
