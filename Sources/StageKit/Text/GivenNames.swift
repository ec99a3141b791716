import Bytes

/// Given names, lower case: those that nearly always belong to one sex, and those that both bear.
public enum GivenNames {
  public static let masculine = set(
    """
    angus arjun barry callum curtis dafydd jonah rhys thiago zach
    aaron abbas abdel abdul abdulaziz abdullah abdulrahman abel abid abraham abu adalberto adam adel adolf adrian
    adriano agustin ahmad ahmed aidan akbar akif akihito akira al alain alan alastair albert alberto aldo alec
    alejandro aleksandr aleksei alessandro alexander alexandre alexandros alexei alfonso alfred alfredo ali alistair
    allan allen alonzo alvaro alvin amadou amartya amir amit amos anand anatoly anders andre andreas andrei andrej
    andres andrew andrey andrzej andy angelo anil anthony anton antonin antonio antonis antony anwar ari aristotle
    armando armin arnaud arne arnold arseniy art artem arthur arturo arun arvind asad ashok asif atal athanasios
    attila august augusto avi axel ayman aziz babatunde bambang barack barney bart bartholomew bashar basil bayard
    beau ben benedict benigno benito benjamin benny bernard bernardo bernd bernie bert bertrand biff bilal bill billy
    bjorn blake bo bob bobby bogdan boris boyd brad bradley brandon brendan brent bret brett brian broderick bruce
    bruno bryan bryce buddy byron caleb calvin cameron carl carlo carlos carlton carsten cecil cesar chad chandra
    charles charlie chester chet chinedu chip chris christian christoph christophe christopher chuck chuka ciaran
    clarence clark claudio claus clay clement cliff clifford clint clyde cody colin connor constantin constantine
    corey cornelius cory craig cristian cristiano curt cyril cyrus dale damian damien dan daniel daniele danilo danny
    dante daoud darius darrell darren darryl darwin dashiell dave david davide dean declan deepak demetrius denis
    dennis deon derek derrick desmond devin dexter dick didier diego dieter dimitri dimitris dino dirk dmitri dmitry
    dominic don donald donnie doug douglas duane duke duncan dustin dwayne dwight dylan dzhokhar eamonn earl ed eddie
    edgar edgardo edmond edmund eduardo edward edwin efraim egor ehud eli elias elie elijah elio eliot elliot elliott
    elmer elon elvis emanuel emeka emil emile emilio emin emmanuel emre enda enrico enrique eoin eric erik ernest
    ernesto ernie errol esteban ethan etienne eugene eusebio evan ezra fabian fabio fabrice faisal farid farooq
    federico felix femi ferdinand fergus fernando fethullah fidel filip filippo florian floyd forrest francesco
    francis francisco franco francois frank franklin franz fred frederick fredrik fritz fyodor gabriel gareth garrett
    garry gary gaston gautam gavin gennady geoff geoffrey georg george georges georgi georgios geraint gerald gerard
    gerhard gerry ghassan giancarlo gideon gil gilbert giles gino giorgio giorgos giovanni giulio giuseppe glen glenn
    glyn godfrey goodluck goran gordon gottfried graham grant greg gregor gregory guido guillaume guillermo gunther
    gus gustav gustavo guy haider haji hakan hakim hamad hamid hamish hamza hank hans hari harish harlan harold
    harrison harry harvey hasan hashim hassan hassanal hector heiko heinrich heinz helmut helmuth hendrik henri henrik
    henrique henry herb herbert herman hermann hideki hidetoshi hiroshi hisham holger homer horace horst howard howie
    hubert hugh hugo humberto husain hussain hussein iain ian ibrahim ichiro ifeanyi ignacio ignatius igor ike ilham
    ilya imran isaac isaiah ishaq ismail itzhak ivan ivo iyad jaap jack jackson jacob jacques jair jake jakob jamal
    james jared jaroslaw jason javad javier jawad jay jeb jed jeff jefferson jeffrey jens jeremiah jeremy jeroen
    jerome jerry jerzy jesse jim jimmie jimmy joachim joao joaquin jochen joe joel joerg johan johann johannes john
    johnny joko jomo jon jonas jonathan jonathon jordan jorg jorge jose joseba josef josep joseph josh joshua josip
    juan juha julian julien julio julius junichiro jurgen jussi justin jürgen kai kaleb kamal kapil karel karim karl
    karl-heinz kasper kaveh kazuhiro kazuo keir keiran keisuke keith ken kenichi kenji kenneth kenny kermit kevin
    khaled khalid khalifa khalil khizr kieran kirby kirk klaas klaus klemens kofi kojo konrad konstantin kristian
    kristof krzysztof kumar kunal kunio kurt kwame kwesi kyle lachlan lal lance larry lars laszlo laurence laurent
    lawrence leif leland lennart leo leon leonard leonardo leonid leopold leroy lester lev levi levon lewis lex liam
    lincoln linus lionel lloyd logan lorenz lorenzo lorne lothar louis lowell loyd luc luca lucas lucian luciano
    lucien ludwig luigi luis lukas luke luther lyle lyndon mack magnus mahathir mahdi mahinda mahmood mahmoud mahmud
    makoto maksim malcolm malik mamadou manfred manmohan manny manoj manuel marat marc marcel marcelo marcin marco
    marcus marek mariano mario mariusz mark marlon marshall martin martti marty marvin marwan masahiro massimo mateo
    mateusz mathias mathieu mats matt matteo matthew matthias maurice mauricio mauro max maxim maximilian maynard
    mehdi mehmet melvin melvyn menachem merrick micah michael michal michel mickey miguel miguel-angel mihai mikael
    mike mikhail mikheil milos miloš milton miroslav mitch mitchel mitchell mitt mohamad mohamed mohammad
    mohammad-javad mohammed mohan moise monty mordechai moritz morris moses moshe mostafa muammar muhammad muhammadu
    muqtada murray mustafa mwai mychal myles nabil nader nadir naftali naguib najib naoto napoleon narasimha narcis
    narendra nasser nate nathan nathaniel navjot nawaz ned neil nelson nestor newt nic nicholas nick nicolas niels
    nigel nikita nikolai nikolaos nikolas nikos nils nitin noah nobuo nolan norbert norm norman norris noynoy octavio
    olaf olav oleg oleksandr oleksiy oliver olivier ollie olusegun omar omer oren orrin osama osamu oscar oskar osman
    oswald otis otto ousmane owain owen pablo palmiro panos paolo pascal patricio patrick patrik paul pavel pavlo
    pawel pedro per percy pere perikles perry pete peter petr petro petros phil philip philipp philippe phillip pier
    pierluigi piero pierre pieter piotr porfirio prakash pranab pranav prayuth preston prodromos qasem quentin quincy
    rachid radek radoslaw rafael rafal rafi rafik rahm rahul raila raj rajesh rajiv rakesh ralf ralph ram ramesh rami
    ramon ramzan ramzi rand randy raphael rashid rasmus raul ravi ray rayan raymond recep reggie reginald reince
    reinhard reinhold rejep rem reuben reuven rex ricardo richard rick ricky rinat rob robbie robert roberto rocco rod
    roderick rodney rodolfo rodrigo rogelio roger rohit roland rolf romain roman romano romeo ron ronald ronnie
    roosevelt rory ross roy ruben rudi rudolph rudy ruhollah rupert rush russell rustam rusty ruud ryan ryo rémi saad
    sachin saddam saeb saeed said sajid saleh salim salman salva salvador sam sameer sami samir samuel sandor sandro
    sanjay sanjeev santiago sarath sardar satoshi satya saud saul saxby sayed scott sean sebastian sebastien sedat
    seif selahattin serge sergei sergey sergio serhiy seth seymour shahid shane shashi shaun shawkat shawn sheldon
    shigeru shimon shinji shintaro shinzo sid siegfried silvan silvio simeon simon sipho siyabonga slobodan solomon
    soren spencer spiro srgjan staffan stan stanislav stanislaw stanley stavros stefan stefano steffen stelios
    stephane stephen sterling steve steven stewart stig stuart subhash subramanian sudhir suleiman suleyman sultan
    sundar sunil suresh sven syed sylvester tadashi tadeusz taher takashi takeshi tamim taras tarek tariq taro tayyip
    ted terence terje terrell terrence terry thabo thad thaddeus theo theodor theodore theodoros thierry thomas thomaz
    thorsten tibor tiger tihomir tim timothy tito tobias toby todd tom tomas tomasz tomislav tommaso tommy tomohiro
    tony tor torsten toshihiro travis trent trevor trey troy tsutomu tucker tunde turki ty tyler tyrone tyson udo
    uhuru ulf ulrich umar umaru umberto uwe vaclav valdis valentin valery varun vasily vasyl venkat vernon victor
    vijay vikram viktor vinay vince vincent vinod virat virgil vitali vitaliy vitaly vito vivek vladimir vojislav
    volker volodymyr vyacheslav wade waldemar walid wallace wally walt walter warren warwick wayne wendell werner wes
    wesley wilbur wilfred wilhelm will willem william willie willis winston wladimir wojciech wolf wolfgang woodrow
    woody wyatt xavier yahya yair yanis yann yannick yasir yasser yasuhiro yehuda yevgeny yitzhak yogesh yoshihide
    yukio yuri yusuf yves zachariah zachary zack zafar zahid zalmay zane zbigniew zdravko zeid zeljko ziad zigmar zine
    zoltan zoran zurab
    """)

  public static let feminine = set(
    """
    ailsa alejandra alicia aoife betsy jen kaitlyn miranda nicola priyanka virginia yasmine
    abby abigail ada adaeze adela adele aditi adriana adrienne agatha agnes agnieszka aiko aileen aimee aisha
    aishwarya aisling akiko alana alba aleksandra alessandra alexa alexandra alexandria alice alina alisa alisha
    alison allegra allison allyson alma althea alyson alyssa amal amalia amanda amber amelia amelie amena amina amira
    amrita amy ana ananya anastasia andrea anette angela angelica angelina angelique angie anika anita anja anjali ann
    anna annabel annabelle annalena anne anne-marie anneke annette annie annika antoinette antonella antonia anya
    apoorva ariana ariane arianna arlene aruna arwa asha ashley asma asmaa astrid athena audrey augusta aurora ava
    avril ayaan ayako ayesha aylin ayse azadeh azizah bahar barbara barbra beata beate beatrice beatriz becky bella
    benazir bernadette bernice bertha bessie beth bethany bette bettina betty bettye bev beverly bianca birgit
    birgitta blanca blanche bonnie breanna brenda brianna bridget brigid brigitte britney britt brittany bronwyn
    brooke caitlin caitlyn callista camila camilla camille candace candice candy cari carin carine carissa carla
    carlota carly carmela carmen carol carolina caroline carolyn carrie cassandra cassie catalina caterina catharine
    catherine cathleen cathy catriona cecile cecilia cecily celeste celia celine chanda chantal charlene charlotte
    chelsea chelsey cherie cheryl chiamaka chiara chieko chimamanda chloe chrissy christa christel christiane christin
    christina christine christy ciara cindy cinzia claire clara clare clarissa claudette claudia claudine clementine
    cleo colette colleen concetta condoleezza connie consuelo cora coral corazon cordelia coretta corinne courtney
    cressida cristiana cristina crystal cynthia dahlia daisy danica daniela daniella danielle daphne daria darlene
    davina dawn deanna debbie deborah debra deepa deepika deirdre delia delilah della delphine demi denise denisha
    desiree devi devika devyani diana diane dianna dianne dilma dina divya dolly dolores dominica donatella donna dora
    doreen doris dorota dorothea dorothy ebony edie edith edna edwina effie eileen eimear ekaterina elaine elana
    eleanor eleanora elen elena eleni elfriede eliane elif elisa elisabeth elise elissa eliza elizabeth elke ella
    ellen ellie elodie eloise elsa elsie elvira emilia emilie emily emma emmanuelle emmeline enid erica erika erin
    erma erna ernestine esme esmeralda esperanza estela estelle esther ethel etsuko eugenia eugenie eunice eva
    evangelina eve evelyn evita ewa fadela fanny farah farhana farida farrah fatima fay faye federica felicia felicity
    fern fernanda filomena fiona fiorella flavia flora florence folake frances francesca francine franziska frauke
    freda frida frieda fumiko funmi gabriela gabriella gabrielle gaia gail galina gayatri gemma genevieve georgette
    georgia georgiana georgina geraldine geri germaine gertrude ghada ghislaine gia gigi gillian gina ginger ginny
    giorgia gisela giselle gita giulia gladys glenda gloria glynis golda goldie graca grace graciela grainne greta
    gretchen griselda grizelda gudrun gwen gwendolyn gwyneth haifa haley hana hanako hanan hanna hannah hanne
    hannelore hariet harriet harriett harumi hattie hayley hazel heather heba hedwig hedy heidi heike helen helena
    helene helga henrietta hermine hermione hilary hilda hilde hillary hina hiroko hollie holly honor hope huda huma
    ida ilana ilaria ilhan ilona ilse imani imelda imogen ina indira ines inge inger ingrid ioanna iolanda irene irina
    iris irma isabel isabella isabelle isha isla isobel itziar ivana ivanka ivonne iwona izabela jacinda jacinta
    jaclyn jacqueline jacquelyn jacquie jada jana jane janeane janelle janet janice janine janna jasmin jasmine jaya
    jayalalithaa jayne jeanette jeanine jeanne jeannette jeannie jenifer jenna jenni jennie jennifer jenny jessica
    jewel jill jillian jo joan joana joanie joann joanna joanne jocelyn jodi jodie joelle johanna jolanta jolene joni
    josefa josefina josephine josette josie jovita joy joyce juana juanita judi judie judith judy julia juliana
    julianna julianne julie juliet julieta juliette june junko justine kaitlin kamala kamila kara karen karin karina
    karla karolina karyn kasia katarina kate katelyn katerina katharina katharine katherine kathie kathleen kathrin
    kathryn kathryne kathy katia katie katja katrin katrina katy katya kavita kay kayla kazuko keiko keisha kellie
    kelly kellyanne kendra keren keri kerri kerstin khadija khadijah kimberly kirsten kirstie kirstin kitty krista
    kristen kristi kristie kristin kristina kristine krystal krystyna kumiko kyra lacey ladonna laila lakshmi lana
    lara larisa larissa lata latanya latisha latoya laura laurel lauren laurene laurette laurie lavinia layla lea leah
    leanne leela leena leila leilani lena lenore leona leonie leonora leslie leticia letitia lexi leymah lia liane
    libby lidia liesl lila lilia lilian liliana lillian lilly lily lina linda lindy linnea liora lisa lisbeth lise
    liselotte lissa liv livia liz liza lizzie lois lola lolita loraine lorena lorene loretta lori lorna lorraine
    lorrie lottie louise lourdes luana lucette lucia luciana lucie lucila lucille lucinda lucrezia lucy ludmila luisa
    luise lula lupe lupita luz lyda lydia lydie lynda lynette lynne lyudmila mabel mable macarena maddie madeleine
    madeline madge madhuri madison mae magdalena maggie magnolia maia mair maire mairead maisie malala malia malika
    mallory malu mamata mamie mandy manuela mara maralyn marcela marcella marci marcia marcy margaret margaretha
    margarita marge margery margit margo margot margrethe marguerite mari maria mariam marian mariana marianna
    marianne maribel maricela marie mariella marietta mariko marilyn marilynne marina marine marisa marisol marissa
    marit marita maritza mariya marjorie marjory marla marlena marlene marnie marsha marta martha martina marva mary
    maryam maryann maryanne masako mathilde matilda maud maude maura maureen mavis maxine may maya mayawati mayra
    meena meera meg megan meghan megyn mehbooba mei melania melanie melina melinda melissa melody mena mercedes mercy
    meredith meryl mia micaela michaela michaele michele michelle michiko mieko mikaela mila mildred milena milly mimi
    mina mindy minerva minnie mira mireille mirella miriam mirjana missy misty mitzi moira mollie molly mona monica
    monika monique muna muriel myra myriam myrna myrtle nada nadege nadezhda nadia nadine nadja naledi nan nana nanci
    nancy nandini nanette naoko naomi narges nasrin natalia natalie natalya natasha nathalie nawal nayla neelam neha
    nelida nell nellie nena nerys neta nettie neus ngozi niamh nicole nicoletta nicolette nikki nilda nina nirmala
    nita nkechi noelle noemi nona nora norah noreen norma nuria nydia oana octavia odette odile ofelia oksana olena
    olga olive olivia oona oprah oriana orla ornella padma pam pamela pansy paola patience patrice patricia patrizia
    patsy patti patty paula paulette paulina pauline pearl peggie peggy penelope penny perla petra petronella philippa
    phoebe phumzile phyllis pia pilar piper pippa polly pooja portia prachi pratibha preeti prerna princess priscilla
    priti priya prudence queenie quiana rachael rachel rachida radha raffaella raisa ramona rana rania raquel rashida
    reba rebecca rebekah reem regina reiko reina rekha renata renate renee reva reyna rhea rhoda rhonda ria ricarda
    riikka rima rina rita riva roberta robyn rocio rolanda romana romy ronna rosa rosalia rosalie rosalind rosalinda
    rosalyn rosanna rosanne rose roseann roseanne rosella rosemary rosetta rosie rosina rosita roslyn rowena roxanne
    roya ruba ruby rukhsana ruta ruth ruthie saba sabina sabine sabrina sachiko sadhana sadie safia sahar sally salma
    salome sama samantha samia samira sana sandi sandie sandra sanna sara sarah sarita saskia saundra savannah savita
    scarlett seema selena selma serafina serena setsuko shabana shabnam shakira shana shanelle shania shanna shannon
    shanti shari sharlene sharon sharyn shauna shawna sheelagh sheena sheila shelia shelley sheri sherri sherrie
    sherrilyn sherry sheryl shila shilpa shireen shirin shirley shivani shobha shreya sian sibyl sidonie sienna sigrid
    silke silvia simona simone sinead siobhan sissy smriti sofia sofie solange soledad sonal sondra sonia sonja sonya
    sophia sophie soraya stacie stacy stefanie stella steph stephania stephanie sue suellen sukhi suki sultana summer
    sunita sunniva suri susan susana susanna susannah susanne sushma suzan suzanna suzanne suzette suzy svetlana swati
    sybil sybille sylvia sylvie ségolène tabitha talia tamar tamara tamika tammie tammy tania tanja tansu tanya tara
    tarja tasha tashfeen tatiana tatyana tawakkol tawana teresa terri tess tessa thandi thea thelma theodora theresa
    therese thuy thérèse tia tiana tiffany tilda tilly tina tipper tomoko toni tonia tonya tova tove tracey traci
    tracy trina trinity trish trisha trudi trudy tulsi tzipi ulla ulrike uma ursula uschi usha valentina valeria
    valerie vanda vandana vanessa vanja vasundhara velma venetia venus vera verena verna veronica veronika veronique
    verónica vesna vicki vicky victoria vidya viki vilma viola violet violeta virginie vita vivian viviana vivien
    vivienne vonda wanda wangari wendi wendy whitney wilhelmina wilma winifred winnie winona wynne xenia ximena yael
    yasmeen yasmin yasmina yelena yesenia yevgenia yingluck yoko yolanda yoshiko yulia yuriko yvette yvonne zadie
    zahra zainab zara zeinab zelda zena zenaida zita zoe zoey zofia zohra zora zsa zuzana
    """)

  public static let either = set(
    """
    alex alexis angel ariel ashley aubrey austin avery blair cameron casey claude dana drew erin evelyn francis jackie
    jaime jamie jean jody jordan kelly kelsey kerry kim lee leigh leslie lindsay lindsey logan lynn marion mason morgan
    noel paige peyton quinn riley robin rohan rowan sandy shannon shelby sidney skyler stacey stacy sydney taylor terry
    tracey tracy yuki
    """)

  /// Whether the word, in any case, is one of them.
  public static func contain(_ bytes: Span<UInt8>, _ word: ByteSpan) -> Bool {
    let hash = WordHash(lowered: bytes, word)
    return masculine.contains(hash) || feminine.contains(hash) || either.contains(hash)
  }

  private static func set(_ list: StaticString) -> WordSet {
    let words = list.withUTF8Buffer { Array($0) }.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A })
    return WordSet(words.map { String(decoding: $0, as: UTF8.self) })
  }
}
